package dev.agenttower.client;

import static dev.agenttower.client.Fields.text;
import static dev.agenttower.client.Fields.textOrNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.ContainerView;
import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.pane.PaneKey;

/** Reads the rows of the control panel contract. */
final class AppRows {
    private AppRows() {}

    static ContainerView container(JsonNode row) {
        return new ContainerView(
                text(row, "container_id"),
                text(row, "name"),
                text(row, "state").equals("active"),
                text(row, "image"),
                text(row, "first_seen_at"),
                text(row, "last_scanned_at"),
                row.path("pane_count").asLong(),
                row.path("registered_agent_count").asLong());
    }

    static PaneView pane(JsonNode row) {
        return new PaneView(
                new PaneKey(
                        new ContainerId(text(row, "container_id")),
                        text(row, "tmux_socket"),
                        text(row, "session_name"),
                        row.path("window_index").asInt(),
                        row.path("pane_index").asInt(),
                        text(row, "pane_id")),
                text(row, "container_name"),
                textOrNull(row, "agent_id"),
                text(row, "discovered_at"),
                text(row, "last_seen_at"));
    }

    static AgentView agent(JsonNode row) {
        return new AgentView(
                text(row, "agent_id"),
                text(row, "role"),
                row.path("role_priority").asInt(),
                text(row, "capability"),
                text(row, "label"),
                text(row, "project_path"),
                textOrNull(row, "parent_agent_id"),
                text(row, "container_id"),
                text(row, "pane_id"),
                text(row, "registered_at"),
                row.path("log_attached").asBoolean(),
                row.path("pane_active").asBoolean());
    }
}
