package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.AgentId;
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
import dev.agenttower.socket.server.wire.JsonText;
import dev.agenttower.unix.connection.Lane;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registration, listing and changes of agents. */
public final class AgentMethods {
    private final Tower tower;
    private final @Nullable Integer schemaVersion;
    private final AgentRecords records;
    private final AgentLookup lookup;

    /**
     * The methods of one tower.
     *
     * @param schemaVersion clients of an older schema are refused; null admits all
     */
    public AgentMethods(Tower tower, @Nullable Integer schemaVersion, JsonText json) {
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
                Method.legacy("set_capability", Lane.PATIENT, this::setCapability));
    }

    private Result register(Call call) {
        LegacyParams params = new LegacyParams(call.params())
                .only(RegistrationParams.KNOWN, ErrorCode.BAD_REQUEST)
                .forSchema(schemaVersion);
        RegistrationParams wanted = new RegistrationParams(params, lookup);
        RegisterAgent command = wanted.command();
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
        body.set("agents", records.agents(tower.agentStore().list(wanted.filter())));
        return Result.of(body);
    }

    private Result setRole(Call call) {
        LegacyParams params = changeParams(call, "role", "confirm");
        AgentId id = lookup.id(params.text("agent_id"));
        Role role = AgentRules.role(params.text("role"));
        boolean confirmed = params.flag("confirm", ErrorCode.BAD_REQUEST);
        AgentProfile.Change change = tower.profile()
                .changeRole(id, role, confirmed, call.caller().peer().uid());
        return Result.of(records.roleChange(id, change));
    }

    private Result setLabel(Call call) {
        LegacyParams params = changeParams(call, "label");
        AgentId id = lookup.id(params.text("agent_id"));
        String label = textInSet("label", params.given("label"));
        return Result.of(records.change(id, "label", tower.profile().changeLabel(id, label)));
    }

    private Result setCapability(Call call) {
        LegacyParams params = changeParams(call, "capability");
        AgentId id = lookup.id(params.text("agent_id"));
        Capability capability = AgentRules.capability(textInSet("capability", params.given("capability")));
        return Result.of(records.change(id, "capability", tower.profile().changeCapability(id, capability)));
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
