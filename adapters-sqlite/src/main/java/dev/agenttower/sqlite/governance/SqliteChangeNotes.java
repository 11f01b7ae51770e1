package dev.agenttower.sqlite.governance;

import dev.agenttower.core.governance.change.application.ChangeNote;
import dev.agenttower.core.governance.change.application.ChangeNotes;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Notes on changes, in the table {@code change_notes}; those of what agents have not been told in {@code untold_changes}. */
public final class SqliteChangeNotes implements ChangeNotes {
    private final Readers readers;
    private final Writer writer;

    public SqliteChangeNotes(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public List<ChangeNote> find(String project) {
        return readers.read(snapshot -> snapshot.handle()
                .select("SELECT kind, id, sha256, untold_ledger FROM change_notes WHERE registration = :project"
                        + " UNION ALL"
                        + " SELECT kind, id, sha256, untold_ledger FROM untold_changes WHERE registration = :project")
                .bind("project", project)
                .map((row, context) -> note(row))
                .list());
    }

    private static ChangeNote note(ResultSet row) throws SQLException {
        @Nullable String unreported = row.getString("untold_ledger");
        return new ChangeNote(
                ChangeNote.Kind.parse(row.getString("kind")),
                row.getString("id"),
                row.getString("sha256"),
                unreported == null ? null : LedgerCursor.parse(unreported).orElse(LedgerCursor.START));
    }

    @Override
    public void put(String project, List<ChangeNote> notes) {
        if (notes.isEmpty()) {
            return;
        }
        writer.write(handle -> {
            notes.stream()
                    .collect(Collectors.groupingBy(SqliteChangeNotes::table))
                    .forEach((table, ofTable) -> {
                        PreparedBatch batch = handle.prepareBatch("INSERT OR REPLACE INTO " + table
                                + " (registration, kind, id, sha256, untold_ledger)"
                                + " VALUES (:project, :kind.wire, :id, :sha256, :unreported?.text)");
                        ofTable.forEach(note ->
                                batch.bind("project", project).bindMethods(note).add());
                        batch.execute();
                    });
            return Boolean.TRUE;
        });
    }

    @Override
    public void remove(String project, ChangeNote note) {
        writer.write(handle -> handle.createUpdate("DELETE FROM " + table(note)
                        + " WHERE registration = :project AND kind = :kind.wire AND id = :id")
                .bind("project", project)
                .bindMethods(note)
                .execute());
    }

    @Override
    public void forget(String project) {
        writer.write(handle -> handle.execute("DELETE FROM change_notes WHERE registration = ?", project)
                + handle.execute("DELETE FROM untold_changes WHERE registration = ?", project));
    }

    private static String table(ChangeNote note) {
        return note.kind() == ChangeNote.Kind.UNTOLD ? "untold_changes" : "change_notes";
    }
}
