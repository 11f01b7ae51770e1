package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.Mount;
import dev.agenttower.core.container.PaneTruncation;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.pane.Pane;
import java.util.List;

/** Containers, panes and problems of scans, in the form of the older methods. */
final class DiscoveryRecords {
    private DiscoveryRecords() {}

    static ObjectNode container(BenchContainer container) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", container.id().value());
        node.put("name", container.name());
        node.put("image", container.image());
        node.put("status", container.status());
        ObjectNode labels = node.putObject("labels");
        container.labels().forEach(labels::put);
        ArrayNode mounts = node.putArray("mounts");
        for (Mount mount : container.mounts()) {
            mounts.addObject()
                    .put("source", mount.source())
                    .put("target", mount.target())
                    .put("type", mount.type())
                    .put("mode", mount.mode())
                    .put("rw", mount.rw());
        }
        node.put("active", container.active());
        node.put("first_seen_at", container.firstSeenAt());
        node.put("last_scanned_at", container.lastScannedAt());
        node.put("config_user", container.configUser());
        node.put("working_dir", container.workingDir());
        return node;
    }

    static ObjectNode pane(Pane pane) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("container_id", pane.key().container().value());
        node.put("container_name", pane.containerName());
        node.put("container_user", pane.containerUser());
        node.put("tmux_socket_path", pane.key().socketPath());
        node.put("tmux_session_name", pane.key().sessionName());
        node.put("tmux_window_index", pane.key().windowIndex());
        node.put("tmux_pane_index", pane.key().paneIndex());
        node.put("tmux_pane_id", pane.key().paneId());
        node.put("pane_pid", pane.pid());
        node.put("pane_tty", pane.tty());
        node.put("pane_current_command", pane.currentCommand());
        node.put("pane_current_path", pane.currentPath());
        node.put("pane_title", pane.title());
        node.put("pane_active", pane.focused());
        node.put("active", pane.active());
        node.put("first_seen_at", pane.firstSeenAt());
        node.put("last_scanned_at", pane.lastScannedAt());
        return node;
    }

    static ArrayNode problems(List<ScanProblem> problems) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (ScanProblem problem : problems) {
            ObjectNode node = nodes.addObject();
            node.put("container_id", problem.container().value());
            node.put("error_code", problem.code().wire());
            node.put("error_message", problem.message());
            if (problem.socketPath() != null) {
                node.put("tmux_socket_path", problem.socketPath());
            }
            if (!problem.truncations().isEmpty()) {
                ArrayNode truncations = node.putArray("pane_truncations");
                problem.truncations().forEach(each -> truncations.add(truncation(each)));
            }
        }
        return nodes;
    }

    private static ObjectNode truncation(PaneTruncation truncation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("tmux_pane_id", truncation.paneId())
                .put("field", truncation.field())
                .put("original_len", truncation.originalLength());
    }
}
