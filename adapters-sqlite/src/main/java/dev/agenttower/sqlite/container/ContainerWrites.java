package dev.agenttower.sqlite.container;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.sqlite.database.StoredJson;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The writes of a container scan within one transaction. */
final class ContainerWrites implements ContainerStore.Writes {
    private static final String UPSERT = """
            INSERT INTO containers (container_id, name, image, status, labels_json, mounts_json, inspect_json,
                config_user, working_dir, active, first_seen_at, last_scanned_at)
            VALUES (:id.value, :name, :image, :status, :labelsJson, :mountsJson, :inspectJson, :configUser, :workingDir,
                1, :now, :now)
            ON CONFLICT (container_id) DO UPDATE SET
                name = excluded.name, image = excluded.image, status = excluded.status,
                labels_json = excluded.labels_json, mounts_json = excluded.mounts_json,
                inspect_json = excluded.inspect_json, config_user = excluded.config_user,
                working_dir = excluded.working_dir, active = 1, last_scanned_at = excluded.last_scanned_at""";
    private static final String INSERT_SCAN = """
            INSERT INTO container_scans (scan_id, started_at, completed_at, status, matched_count,
                inactive_reconciled_count, ignored_count, error_code, error_message, error_details_json)
            VALUES (:scanId, :startedAt, :completedAt, :status, :matchedCount, :inactiveReconciledCount, :ignoredCount,
                :errorCode?.wire, :errorMessage, :details)""";

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
                .map((row, context) -> new ContainerId(row.getString("container_id")))
                .set();
    }

    @Override
    public void upsert(InspectedContainer container, String now) {
        handle.createUpdate(UPSERT)
                .bindMethods(container)
                .bind("labelsJson", StoredJson.labels(container.labels()))
                .bind("mountsJson", StoredJson.mounts(container.mounts()))
                .bind("inspectJson", StoredJson.inspection(container))
                .bind("now", now)
                .execute();
    }

    @Override
    public void touch(Set<ContainerId> containers, String now) {
        forEach(containers, "UPDATE containers SET last_scanned_at = :now WHERE container_id = :value", now);
    }

    @Override
    public void deactivate(Set<ContainerId> containers, String now) {
        forEach(
                containers,
                "UPDATE containers SET active = 0, last_scanned_at = :now WHERE container_id = :value",
                now);
    }

    private void forEach(Set<ContainerId> containers, String sql, String now) {
        if (containers.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            containers.forEach(
                    container -> batch.bind("now", now).bindMethods(container).add());
            batch.execute();
        }
    }

    @Override
    public void insertScan(ContainerScan scan, boolean withDetails) {
        handle.createUpdate(INSERT_SCAN)
                .bindMethods(scan)
                .bind("status", scan.degraded() ? "degraded" : "ok")
                .bind("details", withDetails ? StoredJson.problems(scan.problems()) : null)
                .execute();
    }
}
