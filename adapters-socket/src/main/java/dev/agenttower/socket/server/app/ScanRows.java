package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.PaneScan;
import dev.agenttower.core.scan.ScanRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results of scans in the form for control panels. */
final class ScanRows {
    private ScanRows() {}

    static ObjectNode result(ScanRecord.Result result) {
        if (result instanceof ScanRecord.Result.Containers containers) {
            return containers(containers.scan());
        }
        if (result instanceof ScanRecord.Result.Panes panes) {
            return panes(panes.scan());
        }
        if (result instanceof ScanRecord.Result.Failure failure) {
            return JsonNodeFactory.instance.objectNode().put("error", failure.error());
        }
        throw new IllegalArgumentException("unknown result " + result.getClass());
    }

    private static ObjectNode containers(ContainerScan scan) {
        ObjectNode node = open(scan.scanId(), scan.startedAt(), scan.completedAt(), scan.degraded());
        node.put("matched_count", scan.matchedCount());
        node.put("inactive_reconciled_count", scan.inactiveReconciledCount());
        node.put("ignored_count", scan.ignoredCount());
        return close(node, scan.errorCode(), scan.errorMessage(), scan.problems());
    }

    private static ObjectNode panes(PaneScan scan) {
        ObjectNode node = open(scan.scanId(), scan.startedAt(), scan.completedAt(), scan.degraded());
        node.put("containers_scanned", scan.containersScanned());
        node.put("sockets_scanned", scan.socketsScanned());
        node.put("panes_seen", scan.panesSeen());
        node.put("panes_newly_active", scan.panesNewlyActive());
        node.put("panes_reconciled_inactive", scan.panesReconciledInactive());
        node.put("containers_skipped_inactive", scan.containersSkippedInactive());
        node.put("containers_tmux_unavailable", scan.containersTmuxUnavailable());
        return close(node, scan.errorCode(), scan.errorMessage(), scan.problems());
    }

    private static ObjectNode open(String id, String startedAt, String completedAt, boolean degraded) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("scan_id", id)
                .put("started_at", startedAt)
                .put("completed_at", completedAt)
                .put("status", degraded ? "degraded" : "ok");
    }

    private static ObjectNode close(
            ObjectNode node, @Nullable ErrorCode code, @Nullable String message, List<ScanProblem> problems) {
        node.put("error_code", code == null ? null : code.wire());
        node.put("error_message", message);
        ArrayNode details = node.putArray("error_details");
        for (ScanProblem problem : problems) {
            ObjectNode detail = details.addObject()
                    .put("container_id", problem.container().value())
                    .put("code", problem.code().wire())
                    .put("message", problem.message());
            if (problem.socketPath() != null) {
                detail.put("tmux_socket_path", problem.socketPath());
            }
        }
        return node;
    }
}
