package dev.agenttower.sqlite.governance;

import dev.agenttower.core.governance.drift.Baseline;
import dev.agenttower.core.governance.drift.BaselineStore;
import dev.agenttower.core.governance.drift.DetectedBy;
import dev.agenttower.core.governance.drift.Fingerprint;
import dev.agenttower.core.governance.drift.KnownFile;
import dev.agenttower.core.governance.drift.PendingDrift;
import dev.agenttower.core.governance.drift.ReportedDrift;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The baselines of sovereign files, in the tables {@code sovereign_files} and {@code sovereign_drifts}. */
public final class SqliteBaselineStore implements BaselineStore {
    private static final String COLUMNS = "registration, path, is_declared, sha256, note, expected_sha256,"
            + " untold_noticed, untold_sha256, untold_note, untold_ledger";

    private static final String INSERT = "INSERT INTO sovereign_files (" + COLUMNS + """
            ) VALUES (:project, :path, :isDeclared, :fingerprint?.sha256, :fingerprint?.note, :expected, :unreported?.noticed?.wire,
                :unreported?.after?.sha256, :unreported?.after?.note, :unreported?.ledger?.text)""";

    private final Readers readers;
    private final Writer writer;

    public SqliteBaselineStore(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public Optional<Baseline> find(String project) {
        return readers.read(snapshot -> {
            Handle handle = snapshot.handle();
            List<KnownFile> files = handle.select(
                            "SELECT " + COLUMNS + " FROM sovereign_files WHERE registration = :project")
                    .bind("project", project)
                    .map((row, context) -> file(row))
                    .list();
            Optional<ReportedDrift> last = handle.select(
                            "SELECT path, ts, event_id FROM sovereign_drifts WHERE registration = :project")
                    .bind("project", project)
                    .map((row, context) ->
                            new ReportedDrift(row.getString("path"), row.getString("ts"), row.getString("event_id")))
                    .findFirst();
            return files.isEmpty() && last.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Baseline.of(files, last.orElse(null)));
        });
    }

    @Override
    public void save(String project, Baseline baseline) {
        writer.write(handle -> {
            delete(handle, project);
            insert(handle, project, baseline);
            ReportedDrift last = baseline.last();
            if (last != null) {
                handle.createUpdate("INSERT INTO sovereign_drifts (registration, path, ts, event_id)"
                                + " VALUES (:project, :path, :ts, :eventId)")
                        .bind("project", project)
                        .bindMethods(last)
                        .execute();
            }
            return Boolean.TRUE;
        });
    }

    private static void insert(Handle handle, String project, Baseline baseline) {
        if (baseline.files().isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(INSERT);
        baseline.files()
                .values()
                .forEach(
                        file -> batch.bind("project", project).bindMethods(file).add());
        batch.execute();
    }

    @Override
    public void forget(String project) {
        writer.write(handle -> {
            delete(handle, project);
            return Boolean.TRUE;
        });
    }

    private static void delete(Handle handle, String project) {
        handle.execute("DELETE FROM sovereign_files WHERE registration = ?", project);
        handle.execute("DELETE FROM sovereign_drifts WHERE registration = ?", project);
    }

    private static KnownFile file(ResultSet row) throws SQLException {
        @Nullable String noticed = row.getString("untold_noticed");
        @Nullable PendingDrift unreported = noticed == null
                ? null
                : new PendingDrift(
                        Fingerprint.ofNullable(row.getString("untold_sha256"), row.getString("untold_note")),
                        DetectedBy.parse(noticed),
                        LedgerCursor.parse(row.getString("untold_ledger")).orElse(LedgerCursor.START));
        return new KnownFile(
                row.getString("path"),
                row.getBoolean("is_declared"),
                Fingerprint.ofNullable(row.getString("sha256"), row.getString("note")),
                row.getString("expected_sha256"),
                unreported);
    }
}
