package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.ContainerView;
import dev.agenttower.core.directory.PaneView;

/** Rows of lists, as control panels see them. */
final class DirectoryRows {
    private DirectoryRows() {}

    static ObjectNode container(ContainerView view) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("container_id", view.containerId())
                .put("name", view.name())
                .put("state", view.active() ? "active" : "inactive")
                .put("image", view.image())
                .put("first_seen_at", view.firstSeenAt())
                .put("last_scanned_at", view.lastScannedAt())
                .put("pane_count", view.paneCount())
                .put("registered_agent_count", view.registeredAgentCount());
    }

    static ObjectNode pane(PaneView view) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("pane_id", view.key().paneId())
                .put("container_id", view.key().container().value())
                .put("container_name", view.containerName())
                .put("tmux_socket", view.key().socketPath())
                .put("session_name", view.key().sessionName())
                .put("window_index", view.key().windowIndex())
                .put("pane_index", view.key().paneIndex())
                .put("registered", view.registered())
                .put("agent_id", view.agentId())
                .put("discovered_at", view.discoveredAt())
                .put("last_seen_at", view.lastSeenAt());
    }

    static ObjectNode agent(AgentView view) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("agent_id", view.agentId())
                .put("role", view.role())
                .put("role_priority", view.rolePriority())
                .put("capability", view.capability())
                .put("label", view.label())
                .put("project_path", view.projectPath())
                .put("parent_agent_id", view.parentAgentId())
                .put("container_id", view.containerId())
                .put("pane_id", view.paneId())
                .put("registered_at", view.registeredAt())
                .put("log_attached", view.logAttached())
                .put("pane_active", view.paneActive());
    }
}
