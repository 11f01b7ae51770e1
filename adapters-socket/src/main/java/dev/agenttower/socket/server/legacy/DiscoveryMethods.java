package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.Tower;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneScan;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.unix.connection.Lane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scans and listings of containers and panes. */
public final class DiscoveryMethods {
    private final Tower tower;

    /** The methods of one tower. */
    public DiscoveryMethods(Tower tower) {
        this.tower = tower;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.legacy("scan_containers", Lane.PATIENT, this::scanContainers),
                Method.legacy("list_containers", Lane.QUICK, this::listContainers),
                Method.legacy("scan_panes", Lane.PATIENT, this::scanPanes),
                Method.legacy("list_panes", Lane.QUICK, this::listPanes));
    }

    private Result scanContainers(Call call) {
        ContainerScan scan = tower.containers().scan();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("scan_id", scan.scanId());
        body.put("started_at", scan.startedAt());
        body.put("completed_at", scan.completedAt());
        body.put("status", scan.degraded() ? "degraded" : "ok");
        body.put("matched_count", scan.matchedCount());
        body.put("inactive_reconciled_count", scan.inactiveReconciledCount());
        body.put("ignored_count", scan.ignoredCount());
        body.put("error_code", wire(scan.errorCode()));
        body.put("error_message", scan.errorMessage());
        body.set("error_details", DiscoveryRecords.problems(scan.problems()));
        return Result.of(body);
    }

    private Result listContainers(Call call) {
        boolean activeOnly = new LegacyParams(call.params()).flag("active_only", ErrorCode.BAD_REQUEST);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("filter", filter(activeOnly));
        ArrayNode containers = body.putArray("containers");
        tower.containerStore().list(activeOnly).forEach(each -> containers.add(DiscoveryRecords.container(each)));
        return Result.of(body);
    }

    private Result scanPanes(Call call) {
        LegacyParams params = new LegacyParams(call.params());
        String container = params.textOrNull("container");
        String socket = params.textOrNull("tmux_socket_path");
        if (socket != null && call.caller().isOnHost()) {
            tower.containers().includeOnHost(socket);
        }
        tower.containers().followHost();
        PaneScan scan = tower.panes().scan(container == null ? null : new ContainerId(container));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("scan_id", scan.scanId());
        body.put("started_at", scan.startedAt());
        body.put("completed_at", scan.completedAt());
        body.put("status", scan.degraded() ? "degraded" : "ok");
        body.put("containers_scanned", scan.containersScanned());
        body.put("sockets_scanned", scan.socketsScanned());
        body.put("panes_seen", scan.panesSeen());
        body.put("panes_newly_active", scan.panesNewlyActive());
        body.put("panes_reconciled_to_inactive", scan.panesReconciledInactive());
        body.put("containers_skipped_inactive", scan.containersSkippedInactive());
        body.put("containers_tmux_unavailable", scan.containersTmuxUnavailable());
        body.put("error_code", wire(scan.errorCode()));
        body.put("error_message", scan.errorMessage());
        body.set("error_details", DiscoveryRecords.problems(scan.problems()));
        return Result.of(body);
    }

    private Result listPanes(Call call) {
        LegacyParams params = new LegacyParams(call.params());
        boolean activeOnly = params.flag("active_only", ErrorCode.BAD_REQUEST);
        String container = params.textOrNull("container");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("filter", filter(activeOnly));
        body.put("container_filter", container);
        ArrayNode panes = body.putArray("panes");
        tower.paneStore()
                .list(new PaneFilter(activeOnly, container))
                .forEach(each -> panes.add(DiscoveryRecords.pane(each)));
        return Result.of(body);
    }

    private static String filter(boolean activeOnly) {
        return activeOnly ? "active_only" : "all";
    }

    private static @Nullable String wire(@Nullable ErrorCode code) {
        return code == null ? null : code.wire();
    }
}
