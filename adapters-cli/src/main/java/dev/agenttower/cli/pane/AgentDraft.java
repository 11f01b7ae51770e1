package dev.agenttower.cli.pane;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import org.jspecify.annotations.Nullable;

/**
 * What a pane is registered as. Of what is null the daemon keeps what it has, or takes its default.
 *
 * @param role the tower's role, such as {@code slave}
 * @param project the absolute path of its project
 * @param parent the agent that it belongs to, by id or label
 * @param log where its output is recorded; empty for the daemon's choice, null for no recording
 */
public record AgentDraft(
        @Nullable String role,
        @Nullable String capability,
        @Nullable String label,
        @Nullable String project,
        @Nullable String parent,
        @Nullable String log) {
    /** The parameters of {@code register_agent} for a pane. */
    ObjectNode params(ObjectNode key) {
        ObjectNode params = DaemonAccess.agentParams();
        params.set("container_id", key.path("container_id"));
        params.set("pane_composite_key", key);
        putIfGiven(params, "role", role);
        putIfGiven(params, "capability", capability);
        putIfGiven(params, "label", label);
        putIfGiven(params, "project_path", project);
        putIfGiven(params, "parent_agent_id", parent);
        if (log != null) {
            putIfGiven(params.putObject("attach_log"), "log_path", log.isEmpty() ? null : log);
        }
        return params;
    }

    private static void putIfGiven(ObjectNode params, String name, @Nullable String value) {
        if (value != null) {
            params.put(name, value);
        }
    }
}
