package dev.agenttower.socket.server.app;

import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.LogAttachments.Attached;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.wire.AgentFields;
import dev.agenttower.unix.connection.Lane;
import java.util.List;
import java.util.Map;

/** Attaching and detaching of logs. Both return the agent as stored after the commit. */
public final class AppLogMethods {
    private final Tower tower;
    private final AppAudit audit;
    private final AgentRows rows;

    /** The methods of one tower. */
    public AppLogMethods(Tower tower, AgentFields fields, AppAudit audit) {
        this.tower = tower;
        this.audit = audit;
        this.rows = new AgentRows(fields);
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.app("app.log.attach", Lane.PATIENT, this::attach),
                Method.app("app.log.detach", Lane.PATIENT, this::detach));
    }

    private Result attach(Call call) {
        AgentId id = agent(call);
        Attached attached;
        try {
            attached = tower.logs().attach(id, null, call.caller().peer().uid());
        } catch (RefusedException refusal) {
            throw blocked(id, refusal);
        }
        if (attached.change() != null) {
            audit.logChanged(call.session(), id, AttachmentStatus.ACTIVE, "app.log.attach");
        }
        return agent(id);
    }

    private Result detach(Call call) {
        AgentId id = agent(call);
        try {
            tower.logs().detach(id, call.caller().peer().uid());
            audit.logChanged(call.session(), id, AttachmentStatus.DETACHED, "app.log.detach");
        } catch (RefusedException refusal) {
            // An agent that is not recorded is as requested.
            if (refusal.code() != ErrorCode.ATTACHMENT_NOT_FOUND) {
                throw blocked(id, refusal);
            }
        }
        return agent(id);
    }

    private static AgentId agent(Call call) {
        return new AgentId(new AppParams(call.params()).requiredText("agent_id"));
    }

    private Result agent(AgentId id) {
        AgentView view = tower.directory()
                .agent(id)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.AGENT_NOT_FOUND, "no agent has this id", Map.of("agent_id", id.value())));
        return AppDirectoryMethods.row(rows.row(view, true));
    }

    /** A refusal with the reason why the pane cannot be recorded. */
    static RefusedException blocked(AgentId id, RefusedException refusal) {
        return switch (refusal.code()) {
            case TMUX_UNAVAILABLE,
                    LOG_PATH_IN_USE,
                    PIPE_PANE_FAILED,
                    LOG_PATH_INVALID,
                    LOG_PATH_NOT_HOST_VISIBLE,
                    LOG_FILE_MISSING,
                    PANE_UNKNOWN_TO_DAEMON,
                    DOCKER_UNAVAILABLE,
                    DOCKER_EXEC_TIMEOUT ->
                new RefusedException(
                        ErrorCode.LOG_ATTACH_BLOCKED,
                        String.valueOf(refusal.getMessage()),
                        Map.of("agent_id", id.value(), "reason", refusal.code().wire()));
            default -> refusal;
        };
    }
}
