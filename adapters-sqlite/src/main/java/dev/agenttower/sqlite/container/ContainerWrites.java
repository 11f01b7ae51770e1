package dev.agenttower.sqlite.container;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.sqlite.database.StoredJson;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What a container scan does within one transaction. */
public final class ContainerWrites implements ContainerStore.Writes {
    private static final String UPSERT = """
            INSERT INTO containers (container_id, name, image, status, labels_json, mounts_json, inspect_json,
                config_user, working_dir, active, first_seen_at, last_scanned_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
            ON CONFLICT (container_id) DO UPDATE SET
                name = excluded.name, image = excluded.image, status = excluded.status,
                labels_json = excluded.labels_json, mounts_json = excluded.mounts_json,
                inspect_json = excluded.inspect_json, config_user = excluded.config_user,
                working_dir = excluded.working_dir, active = 1, last_scanned_at = excluded.last_scanned_at""";
    private static final String INSERT_SCAN = """
            INSERT INTO container_scans (scan_id, started_at, completed_at, status, matched_count,
                inactive_reconciled_count, ignored_count, error_code, error_message, error_details_json)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final Handle handle;

    ContainerWrites(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Set<ContainerId> known() {
        return ids("SELECT container_id FROM containers");
    }

    @Override
    public Set<ContainerId> active() {
        return ids("SELECT container_id FROM containers WHERE active = 1");
    }

    private Set<ContainerId> ids(String sql) {
        return handle.select(sql)
                .map((row, context) -> new ContainerId(row.getString(1)))
                .set();
    }

    @Override
    public void upsert(InspectedContainer container, String now) {
        handle.execute(
                UPSERT,
                container.id().value(),
                container.name(),
                container.image(),
                container.status(),
                StoredJson.labels(container.labels()),
                StoredJson.mounts(container.mounts()),
                StoredJson.inspection(container),
                container.configUser(),
                container.workingDir(),
                now,
                now);
    }

    @Override
    public void touch(Set<ContainerId> containers, String now) {
        forEach(containers, "UPDATE containers SET last_scanned_at = ? WHERE container_id = ?", now);
    }

    @Override
    public void deactivate(Set<ContainerId> containers, String now) {
        forEach(containers, "UPDATE containers SET active = 0, last_scanned_at = ? WHERE container_id = ?", now);
    }

    private void forEach(Set<ContainerId> containers, String sql, String now) {
        if (containers.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            containers.forEach(container -> batch.add(now, container.value()));
            batch.execute();
        }
    }

    @Override
    public void insertScan(ContainerScan scan, boolean withDetails) {
        handle.execute(
                INSERT_SCAN,
                scan.scanId(),
                scan.startedAt(),
                scan.completedAt(),
                scan.degraded() ? "degraded" : "ok",
                scan.matchedCount(),
                scan.inactiveReconciledCount(),
                scan.ignoredCount(),
                wire(scan.errorCode()),
                scan.errorMessage(),
                withDetails ? StoredJson.problems(scan.problems()) : null);
    }

    public static @Nullable String wire(@Nullable ErrorCode code) {
        return code == null ? null : code.wire();
    }
}
