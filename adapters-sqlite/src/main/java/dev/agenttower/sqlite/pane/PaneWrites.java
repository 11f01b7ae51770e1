package dev.agenttower.sqlite.pane;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneMoves;
import dev.agenttower.core.pane.PaneScan;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.sqlite.database.StoredJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The writes of a pane scan within one transaction. Rows are found by their key with one prepared statement, so their number is unlimited. */
final class PaneWrites implements PaneStore.Writes {
    private static final String UPSERT = """
            INSERT INTO panes (container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index,
                tmux_pane_id, container_name, container_user, pane_pid, pane_tty, pane_current_command,
                pane_current_path, pane_title, pane_active, active, first_seen_at, last_scanned_at)
            VALUES (:key.container.value, :key.socketPath, :key.sessionName, :key.windowIndex, :key.paneIndex,
                :key.paneId, :containerName, :containerUser, :pid, :tty, :currentCommand, :currentPath, :title,
                :focused, :active, :firstSeenAt, :lastScannedAt)
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
            VALUES (:container.value, :socketPath, :sessionName, :windowIndex, :paneIndex, :paneId, :server.pid,
                :server.startedAt, :processStart)
            ON CONFLICT (container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index,
                tmux_pane_id) DO UPDATE SET
                server_pid = excluded.server_pid, server_started = excluded.server_started,
                process_ticks = excluded.process_ticks""";
    private static final String INSERT_SCAN = """
            INSERT INTO pane_scans (scan_id, started_at, completed_at, status, containers_scanned, sockets_scanned,
                panes_seen, panes_newly_active, panes_reconciled_inactive, containers_skipped_inactive,
                containers_tmux_unavailable, error_code, error_message, error_details_json)
            VALUES (:scanId, :startedAt, :completedAt, :status, :containersScanned, :socketsScanned, :panesSeen,
                :panesNewlyActive, :panesReconciledInactive, :containersSkippedInactive, :containersTmuxUnavailable,
                :errorCode?.wire, :errorMessage, :details)""";

    private final Handle handle;

    PaneWrites(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Set<ContainerId> inactiveAmong(Set<ContainerId> containers) {
        Set<ContainerId> inactive = new LinkedHashSet<>(containers);
        inactive.removeAll(handle.select("SELECT container_id FROM containers WHERE active = 1")
                .map((row, context) -> new ContainerId(row.getString("container_id")))
                .set());
        return inactive;
    }

    @Override
    public Set<ContainerId> inactiveWithPanes(@Nullable ContainerId only) {
        return new LinkedHashSet<>(handle.select("""
                        SELECT container_id FROM containers AS c
                        WHERE active = 0 AND container_id = COALESCE(:only, container_id)
                            AND EXISTS (SELECT 1 FROM panes AS p WHERE p.container_id = c.container_id)""")
                .bind("only", only == null ? null : only.value())
                .map((row, context) -> new ContainerId(row.getString("container_id")))
                .list());
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
            handle.createUpdate("UPDATE log_attachments SET " + PaneRows.setKey("")
                            + " WHERE agent_id IN (SELECT agent_id FROM agents WHERE " + PaneRows.IS_KEY + ")")
                    .bindMethods(address)
                    .execute();
        }
    }

    /** Moves the rows of one table and returns their new addresses. The rows get temporary keys first, because two may exchange their keys. */
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
        return handle.createUpdate("UPDATE " + table + " SET " + PaneRows.setKey("to.") + " WHERE "
                                + PaneRows.isKey("from."))
                        .bindMethods("from", from)
                        .bindMethods("to", to)
                        .execute()
                > 0;
    }

    /** A temporary key; no socket has such a path. */
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
            identities.forEach((key, identity) ->
                    batch.bindMethods(key).bindMethods(identity).add());
            batch.execute();
        }
    }

    @Override
    public void upsert(Collection<Pane> panes) {
        forEach(panes, UPSERT, Map.of());
    }

    @Override
    public void touch(Collection<PaneKey> panes, String at) {
        forEach(panes, "UPDATE panes SET last_scanned_at = :at WHERE " + PaneRows.IS_KEY, Map.of("at", at));
    }

    @Override
    public void deactivate(Collection<PaneKey> panes, String at) {
        forEach(panes, "UPDATE panes SET active = 0, last_scanned_at = :at WHERE " + PaneRows.IS_KEY, Map.of("at", at));
        forEach(panes, "UPDATE agents SET active = 0 WHERE " + PaneRows.IS_KEY, Map.of());
    }

    @Override
    public void markAgentsSeen(Collection<PaneKey> panes, String at) {
        forEach(panes, "UPDATE agents SET last_seen_at = :at WHERE " + PaneRows.IS_KEY, Map.of("at", at));
    }

    private void forEach(Collection<?> things, String sql, Map<String, String> more) {
        if (things.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            things.forEach(thing -> batch.bindMap(more).bindMethods(thing).add());
            batch.execute();
        }
    }

    @Override
    public List<PaneStore.StaleAttachment> staleAttachments(Collection<PaneKey> panes, String at) {
        String sql = "SELECT attachment_id, agent_id, log_path, prior_pipe_target, source FROM log_attachments WHERE "
                + PaneRows.IS_KEY + " AND status = 'active' ORDER BY attachment_id";
        List<PaneStore.StaleAttachment> stale = new ArrayList<>();
        for (PaneKey pane : panes) {
            handle.select(sql)
                    .bindMethods(pane)
                    .map((row, context) -> new PaneStore.StaleAttachment(
                            row.getString("attachment_id"),
                            row.getString("agent_id"),
                            row.getString("log_path"),
                            row.getString("prior_pipe_target"),
                            row.getString("source")))
                    .forEach(stale::add);
        }
        forEach(
                stale,
                "UPDATE log_attachments SET status = 'stale', last_status_at = :at WHERE attachment_id = :attachmentId",
                Map.of("at", at));
        return stale;
    }

    @Override
    public void insertScan(PaneScan scan, boolean withDetails) {
        handle.createUpdate(INSERT_SCAN)
                .bindMethods(scan)
                .bind("status", scan.degraded() ? "degraded" : "ok")
                .bind("details", withDetails ? StoredJson.problems(scan.problems()) : null)
                .execute();
    }
}
