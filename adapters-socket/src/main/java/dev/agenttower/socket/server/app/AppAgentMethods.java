package dev.agenttower.socket.server.app;

import static dev.agenttower.core.failure.RefusedException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.AdoptionRequest;
import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentUpdate;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.RegistrationLog;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.wire.AgentFields;
import dev.agenttower.unix.connection.Lane;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adoption of panes and changes of agents. Both return the agent as stored after the commit. */
public final class AppAgentMethods {
    private static final List<String> PANE_PARTS =
            List.of("container_id", "tmux_socket", "session_name", "window_index", "pane_index", "pane_id");
    private static final List<String> INDEXES = List.of("window_index", "pane_index");

    private final Tower tower;
    private final AppAudit audit;
    private final AgentRows rows;

    /** The methods of one tower. */
    public AppAgentMethods(Tower tower, AgentFields fields, AppAudit audit) {
        this.tower = tower;
        this.audit = audit;
        this.rows = new AgentRows(fields);
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.app("app.agent.register_from_pane", Lane.PATIENT, this::register),
                Method.app("app.agent.update", Lane.PATIENT, this::update));
    }

    private Result register(Call call) {
        AppParams params = new AppParams(call.params());
        PaneKey pane = pane(params);
        String label = params.optionalText("label");
        String parent = params.optionalText("parent_agent_id");
        AdoptionRequest request = new AdoptionRequest(
                pane,
                params.optionalText("role"),
                params.optionalText("capability"),
                label == null ? "" : label,
                params.optionalText("project_path"),
                parent == null || parent.isEmpty() ? null : new AgentId(parent),
                params.truthy("attach_log"));
        long uid = call.caller().peer().uid();
        RegistrationLog log = request.attachLog() ? tower.logs().during(null, uid) : null;
        Agent adopted;
        try {
            adopted = tower.registration().adopt(request, uid, log).agent().agent();
        } catch (RefusedException refusal) {
            throw log == null ? refusal : AppLogMethods.blocked(log.agent(), refusal);
        }
        audit.registered(call.session(), adopted);
        if (log != null && log.attached().change() != null) {
            audit.logChanged(call.session(), adopted.id(), AttachmentStatus.ACTIVE, "app.agent.register_from_pane");
        }
        return AppDirectoryMethods.row(rows.row(AgentView.of(adopted, log != null, true)));
    }

    /** The six parts of a pane's key: all must be present, then texts must be texts, then indexes must be indexes. */
    private static PaneKey pane(AppParams params) {
        for (String part : PANE_PARTS) {
            if (!params.has(part)) {
                throw invalid(part, "missing");
            }
        }
        for (String part : PANE_PARTS) {
            JsonNode value = params.get(part);
            if (!INDEXES.contains(part)
                    && (value == null || !value.isTextual() || value.textValue().isEmpty())) {
                throw invalid(part, "wrong type or empty");
            }
        }
        for (String part : INDEXES) {
            JsonNode value = params.get(part);
            if (value == null || !value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
                throw invalid(part, "wrong type");
            }
        }
        return new PaneKey(
                new ContainerId(params.requiredText("container_id")),
                params.requiredText("tmux_socket"),
                params.requiredText("session_name"),
                params.within("window_index", 0, 0, Integer.MAX_VALUE, ""),
                params.within("pane_index", 0, 0, Integer.MAX_VALUE, ""),
                params.requiredText("pane_id"));
    }

    private Result update(Call call) {
        AppParams params = new AppParams(call.params());
        AgentId id = new AgentId(params.requiredText("agent_id"));
        AgentUpdate update = AgentUpdate.of(
                notCleared(params, "role"),
                notCleared(params, "capability"),
                clearable(params, "label"),
                clearable(params, "project_path"));
        if (!update.fields().isEmpty()) {
            tower.profile()
                    .change(
                            id,
                            update,
                            call.caller().isPerson(),
                            call.caller().peer().uid());
            audit.updated(call.session(), id, update.fields());
        }
        AgentView view = tower.directory()
                .agent(id)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.AGENT_NOT_FOUND, "no active agent has this id", Map.of("agent_id", id.value())));
        return AppDirectoryMethods.row(rows.row(view, true));
    }

    /** A text; null if not given. */
    private static @Nullable String notCleared(AppParams params, String field) {
        if (params.has(field) && params.get(field) == null) {
            throw invalid(field, "wrong type");
        }
        return params.optionalText(field);
    }

    /** A text; empty if null, null if not given. */
    private static @Nullable String clearable(AppParams params, String field) {
        return params.has(field) && params.get(field) == null ? "" : params.optionalText(field);
    }
}
