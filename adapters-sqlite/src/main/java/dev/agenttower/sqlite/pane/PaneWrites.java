package dev.agenttower.sqlite.pane;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneMoves;
import dev.agenttower.core.pane.PaneScan;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.sqlite.container.ContainerWrites;
import dev.agenttower.sqlite.database.StoredJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What a pane scan does within one transaction. Rows are found by their key, one prepared statement for all, so that no number is too many. */
final class PaneWrites implements PaneStore.Writes {
    private static final String UPSERT = """
            INSERT INTO panes (container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index,
                tmux_pane_id, container_name, container_user, pane_pid, pane_tty, pane_current_command,
                pane_current_path, pane_title, pane_active, active, first_seen_at, last_scanned_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index,
                tmux_pane_id) DO UPDATE SET
                container_name = excluded.container_name, container_user = excluded.container_user,
                pane_pid = excluded.pane_pid, pane_tty = excluded.pane_tty,
                pane_current_command = excluded.pane_current_command,
                pane_current_path = excluded.pane_current_path, pane_title = excluded.pane_title,
                pane_active = excluded.pane_active, active = excluded.active,
                last_scanned_at = excluded.last_scanned_at""";
    private static final String IDENTIFY = """
            INSERT INTO pane_identities (container_id, tmux_socket_path, tmux_session_name, tmux_window_index,
                tmux_pane_index, tmux_pane_id, server_pid, server_started, process_ticks)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index,
                tmux_pane_id) DO UPDATE SET
                server_pid = excluded.server_pid, server_started = excluded.server_started,
                process_ticks = excluded.process_ticks""";
    private static final String INSERT_SCAN = """
            INSERT INTO pane_scans (scan_id, started_at, completed_at, status, containers_scanned, sockets_scanned,
                panes_seen, panes_newly_active, panes_reconciled_inactive, containers_skipped_inactive,
                containers_tmux_unavailable, error_code, error_message, error_details_json)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final Handle handle;

    PaneWrites(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Set<ContainerId> inactiveAmong(Set<ContainerId> containers) {
        Set<ContainerId> inactive = new LinkedHashSet<>(containers);
        inactive.removeAll(new HashSet<>(ids("SELECT container_id FROM containers WHERE active = 1")));
        return inactive;
    }

    @Override
    public Set<ContainerId> inactiveWithPanes(@Nullable ContainerId only) {
        String sql = "SELECT container_id FROM containers AS c WHERE active = 0"
                + " AND EXISTS (SELECT 1 FROM panes AS p WHERE p.container_id = c.container_id)";
        List<ContainerId> found = only == null ? ids(sql) : ids(sql + " AND container_id = ?", only.value());
        return new LinkedHashSet<>(found);
    }

    private List<ContainerId> ids(String sql, Object... values) {
        return handle.select(sql, values)
                .map((row, context) -> new ContainerId(row.getString(1)))
                .list();
    }

    @Override
    public List<PaneStore.KnownPane> panesOf(Set<ContainerId> containers) {
        List<PaneStore.KnownPane> panes = new ArrayList<>();
        containers.forEach(container -> panes.addAll(PaneRows.known(handle, container)));
        return panes;
    }

    @Override
    public void move(PaneMoves moves) {
        if (moves.targets().isEmpty()) {
            return;
        }
        move("panes", moves);
        move("pane_identities", moves);
        for (PaneKey address : move("agents", moves)) {
            List<Object> values = new ArrayList<>(List.of(PaneRows.values(address)));
            values.addAll(List.of(PaneRows.values(address)));
            handle.execute(
                    "UPDATE log_attachments SET " + PaneRows.SET_KEY
                            + " WHERE agent_id IN (SELECT agent_id FROM agents WHERE " + PaneRows.IS_KEY + ")",
                    values.toArray());
        }
    }

    /** Moves the rows of one table and returns the addresses at which they are now. They are put aside first, for two may exchange their keys. */
    private List<PaneKey> move(String table, PaneMoves moves) {
        List<PaneKey> moving = new ArrayList<>();
        moves.targets().forEach((from, to) -> {
            if (move(table, from, aside(to))) {
                moving.add(to);
            }
        });
        List<PaneKey> addresses = new ArrayList<>(moving);
        for (PaneKey to : moving) {
            moves.leftFor(to).filter(free -> move(table, to, free)).ifPresent(addresses::add);
        }
        moving.forEach(to -> move(table, aside(to), to));
        return addresses;
    }

    private boolean move(String table, PaneKey from, PaneKey to) {
        List<Object> values = new ArrayList<>(List.of(PaneRows.values(to)));
        values.addAll(List.of(PaneRows.values(from)));
        return handle.execute(
                        "UPDATE " + table + " SET " + PaneRows.SET_KEY + " WHERE " + PaneRows.IS_KEY, values.toArray())
                > 0;
    }

    /** No socket has such a path. */
    private static PaneKey aside(PaneKey key) {
        return new PaneKey(
                key.container(),
                "moving to " + key.socketPath(),
                key.sessionName(),
                key.windowIndex(),
                key.paneIndex(),
                key.paneId());
    }

    @Override
    public void identify(Map<PaneKey, PaneIdentity> identities) {
        if (identities.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(IDENTIFY)) {
            identities.forEach((key, identity) -> {
                List<@Nullable Object> values = new ArrayList<>(List.of(PaneRows.values(key)));
                values.add(identity.server().pid());
                values.add(identity.server().startedAt());
                values.add(identity.processStart());
                batch.add(values.toArray());
            });
            batch.execute();
        }
    }

    @Override
    public void upsert(Collection<Pane> panes) {
        if (panes.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(UPSERT)) {
            panes.forEach(pane -> add(batch, pane));
            batch.execute();
        }
    }

    private static void add(PreparedBatch batch, Pane pane) {
        PaneKey key = pane.key();
        batch.add(
                key.container().value(),
                key.socketPath(),
                key.sessionName(),
                key.windowIndex(),
                key.paneIndex(),
                key.paneId(),
                pane.containerName(),
                pane.containerUser(),
                pane.pid(),
                pane.tty(),
                pane.currentCommand(),
                pane.currentPath(),
                pane.title(),
                pane.focused() ? 1 : 0,
                pane.active() ? 1 : 0,
                pane.firstSeenAt(),
                pane.lastScannedAt());
    }

    @Override
    public void touch(Collection<PaneKey> panes, String at) {
        forEach(panes, "UPDATE panes SET last_scanned_at = ? WHERE " + PaneRows.IS_KEY, at);
    }

    @Override
    public void deactivate(Collection<PaneKey> panes, String at) {
        forEach(panes, "UPDATE panes SET active = 0, last_scanned_at = ? WHERE " + PaneRows.IS_KEY, at);
        forEach(panes, "UPDATE agents SET active = 0 WHERE " + PaneRows.IS_KEY);
    }

    @Override
    public void markAgentsSeen(Collection<PaneKey> panes, String at) {
        forEach(panes, "UPDATE agents SET last_seen_at = ? WHERE " + PaneRows.IS_KEY, at);
    }

    private void forEach(Collection<PaneKey> panes, String sql, String... leading) {
        if (panes.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            for (PaneKey pane : panes) {
                List<Object> values = new ArrayList<>(List.of(leading));
                values.addAll(List.of(PaneRows.values(pane)));
                batch.add(values.toArray());
            }
            batch.execute();
        }
    }

    @Override
    public List<PaneStore.StaleAttachment> staleAttachments(Collection<PaneKey> panes, String at) {
        String sql = "SELECT attachment_id, agent_id, log_path, prior_pipe_target, source FROM log_attachments WHERE "
                + PaneRows.IS_KEY + " AND status = 'active' ORDER BY attachment_id";
        List<PaneStore.StaleAttachment> stale = new ArrayList<>();
        for (PaneKey pane : panes) {
            handle.select(sql, PaneRows.values(pane))
                    .map((row, context) -> new PaneStore.StaleAttachment(
                            row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)))
                    .forEach(stale::add);
        }
        for (PaneStore.StaleAttachment attachment : stale) {
            handle.execute(
                    "UPDATE log_attachments SET status = 'stale', last_status_at = ? WHERE attachment_id = ?",
                    at,
                    attachment.attachmentId());
        }
        return stale;
    }

    @Override
    public void insertScan(PaneScan scan, boolean withDetails) {
        handle.execute(
                INSERT_SCAN,
                scan.scanId(),
                scan.startedAt(),
                scan.completedAt(),
                scan.degraded() ? "degraded" : "ok",
                scan.containersScanned(),
                scan.socketsScanned(),
                scan.panesSeen(),
                scan.panesNewlyActive(),
                scan.panesReconciledInactive(),
                scan.containersSkippedInactive(),
                scan.containersTmuxUnavailable(),
                ContainerWrites.wire(scan.errorCode()),
                scan.errorMessage(),
                withDetails ? StoredJson.problems(scan.problems()) : null);
    }
}
