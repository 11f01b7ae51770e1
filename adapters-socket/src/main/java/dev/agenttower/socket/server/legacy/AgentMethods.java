package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.AgentLookup;
import dev.agenttower.core.agent.AgentProfile;
import dev.agenttower.core.agent.AgentRules;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.RegisterAgent;
import dev.agenttower.core.agent.Registration;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.RegistrationLog;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.wire.AgentFields;
import dev.agenttower.socket.server.wire.JsonText;
import dev.agenttower.unix.connection.Lane;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Registration, listing, changes and removal of agents. */
public final class AgentMethods {
    private static final Duration DEFAULT_AGE = Duration.ofDays(7);
    private static final long MOST_SECONDS = Duration.ofDays(36_500).toSeconds();
    private static final Pattern STAMP = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}\\+00:00");

    private final Tower tower;
    private final @Nullable Integer schemaVersion;
    private final AgentFields fields;
    private final AgentRecords records;
    private final AgentLookup lookup;

    /**
     * The methods of one tower.
     *
     * @param fields what is known of agents besides what is stored
     * @param schemaVersion clients of an older schema are refused; null admits all
     */
    public AgentMethods(Tower tower, AgentFields fields, @Nullable Integer schemaVersion, JsonText json) {
        this.fields = fields;
        this.tower = tower;
        this.schemaVersion = schemaVersion;
        this.records = new AgentRecords(json);
        this.lookup = new AgentLookup(tower.agentStore());
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.legacy("register_agent", Lane.PATIENT, this::register),
                Method.legacy("list_agents", Lane.QUICK, this::list),
                Method.legacy("set_role", Lane.PATIENT, this::setRole),
                Method.legacy("set_label", Lane.PATIENT, this::setLabel),
                Method.legacy("set_capability", Lane.PATIENT, this::setCapability),
                Method.legacy("forget_agent", Lane.PATIENT, this::forget),
                Method.legacy("end_agent", Lane.PATIENT, this::end),
                Method.legacy("prune_agents", Lane.PATIENT, this::prune));
    }

    private Result register(Call call) {
        LegacyParams params = new LegacyParams(call.params())
                .only(RegistrationParams.KNOWN, ErrorCode.BAD_REQUEST)
                .forSchema(schemaVersion);
        RegistrationParams wanted = new RegistrationParams(params, lookup);
        RegisterAgent command = wanted.command();
        call.caller().requireReach(command.pane().container());
        long uid = call.caller().peer().uid();
        RegistrationLog log = wanted.wantsLog() ? tower.logs().during(wanted.logPath(), uid) : null;
        Registration registration = tower.registration().register(command, uid, log);
        ObjectNode body = records.agent(registration.agent());
        body.put("created_or_reactivated", registration.kind().wire());
        if (log != null) {
            body.set("attach_log", LogMethods.attached(log.attached()));
        }
        return Result.of(body);
    }

    private Result list(Call call) {
        LegacyParams params = new LegacyParams(call.params())
                .forSchema(schemaVersion)
                .only(AgentListParams.KNOWN, ErrorCode.UNKNOWN_FILTER);
        AgentListParams wanted = AgentListParams.read(params, lookup);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("filter", wanted.echo());
        ArrayNode agents = body.putArray("agents");
        AgentFields.Now now = fields.now();
        for (AgentListing listing : tower.agentStore().list(wanted.filter())) {
            Agent agent = listing.agent();
            agents.add(now.put(records.agent(listing), agent.id(), agent.active()));
        }
        return Result.of(body);
    }

    private Result setRole(Call call) {
        LegacyParams params = changeParams(call, "role", "confirm");
        AgentId id = CallerPane.reached(call, lookup, params.text("agent_id"));
        Role role = AgentRules.role(params.text("role"));
        boolean confirmed = params.flag("confirm", ErrorCode.BAD_REQUEST);
        AgentProfile.Change change = tower.profile()
                .changeRole(
                        id,
                        role,
                        confirmed,
                        call.caller().isPerson(),
                        call.caller().peer().uid());
        return Result.of(records.roleChange(id, change));
    }

    private Result setLabel(Call call) {
        LegacyParams params = changeParams(call, "label");
        AgentId id = CallerPane.reached(call, lookup, params.text("agent_id"));
        String label = textInSet("label", params.given("label"));
        return Result.of(records.change(id, "label", tower.profile().changeLabel(id, label)));
    }

    private Result setCapability(Call call) {
        LegacyParams params = changeParams(call, "capability");
        AgentId id = CallerPane.reached(call, lookup, params.text("agent_id"));
        Capability capability = AgentRules.capability(textInSet("capability", params.given("capability")));
        return Result.of(records.change(id, "capability", tower.profile().changeCapability(id, capability)));
    }

    private Result forget(Call call) {
        LegacyParams params = changeParams(call, "caller_pane");
        AgentId id = lookup.idOfAny(params.text("agent_id"));
        String by = CallerPane.operator(call, params, tower.queue().sending()).id();
        return Result.of(records.removed(
                tower.removal().forget(id, by, call.caller().peer().uid())));
    }

    private Result end(Call call) {
        LegacyParams params = changeParams(call, "caller_pane");
        AgentId id = lookup.idOfAny(params.text("agent_id"));
        String by = CallerPane.operator(call, params, tower.queue().sending()).id();
        boolean isEnded =
                tower.removal().end(id, by, call.caller().peer().uid()).isPresent();
        return Result.of(JsonNodeFactory.instance
                .objectNode()
                .put("agent_id", id.value())
                .put("ended", isEnded));
    }

    private Result prune(Call call) {
        LegacyParams params = new LegacyParams(call.params())
                .only(Set.of("older_than_seconds", "before", "dry_run", "caller_pane"), ErrorCode.BAD_REQUEST)
                .forSchema(schemaVersion);
        String before = before(params);
        boolean isDry = params.flag("dry_run", ErrorCode.BAD_REQUEST);
        String by = CallerPane.operator(call, params, tower.queue().sending()).id();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("before", before).put("dry_run", isDry);
        ArrayNode agents = body.putArray("agents");
        if (isDry) {
            agents.addAll(records.agents(tower.removal().endedBefore(before)));
        } else {
            tower.removal()
                    .prune(before, by, call.caller().peer().uid())
                    .forEach(removed -> agents.add(records.removed(removed)));
        }
        return Result.of(body);
    }

    /** The end of the time in which agents must have been seen last, given as itself or as an age. */
    private String before(LegacyParams params) {
        JsonNode age = params.get("older_than_seconds");
        if (params.get("before") == null) {
            if (age != null && (!age.isIntegralNumber() || !age.canConvertToLong() || !isAge(age.longValue()))) {
                throw LegacyParams.badRequest("params.older_than_seconds must be an integer from 0 to " + MOST_SECONDS);
            }
            return tower.removal().before(age == null ? DEFAULT_AGE : Duration.ofSeconds(age.longValue()));
        }
        String before = params.text("before");
        if (age != null || !STAMP.matcher(before).matches()) {
            throw LegacyParams.badRequest("params.before must be a time as an earlier answer has it, and stands without"
                    + " older_than_seconds");
        }
        return before;
    }

    private static boolean isAge(long seconds) {
        return seconds >= 0 && seconds <= MOST_SECONDS;
    }

    private LegacyParams changeParams(Call call, String... fields) {
        Set<String> known = new HashSet<>(List.of(fields));
        known.add("agent_id");
        return new LegacyParams(call.params())
                .only(known, ErrorCode.BAD_REQUEST)
                .forSchema(schemaVersion);
    }

    /** A text; any other type is as wrong as a text outside the closed set. */
    static String textInSet(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw new RefusedException(ErrorCode.VALUE_OUT_OF_SET, "params." + name + " must be a string");
        }
        return value.textValue();
    }
}
