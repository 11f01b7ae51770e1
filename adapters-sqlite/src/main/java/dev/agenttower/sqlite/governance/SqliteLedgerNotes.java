package dev.agenttower.sqlite.governance;

import dev.agenttower.core.governance.ledger.note.ExternalEvents;
import dev.agenttower.core.governance.ledger.note.LedgerBatch;
import dev.agenttower.core.governance.ledger.note.LedgerEnd;
import dev.agenttower.core.governance.ledger.note.LedgerNote;
import dev.agenttower.core.governance.ledger.note.LedgerNotes;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Notes on ledgers, in the tables {@code ledger_ends} and {@code ledger_external_events}. */
public final class SqliteLedgerNotes implements LedgerNotes {
    private static final String SAVE =
            "INSERT OR REPLACE INTO ledger_ends (registration, known_offset, known_hash, batch_start, batch_end,"
                    + " batch_hash, batch_hashes) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final Readers readers;
    private final Writer writer;

    public SqliteLedgerNotes(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public Optional<LedgerNote> find(String project) {
        return readers.read(snapshot -> snapshot.handle()
                .select("SELECT * FROM ledger_ends WHERE registration = :project")
                .bind("project", project)
                .map((row, context) -> note(row))
                .findFirst());
    }

    private static LedgerNote note(ResultSet row) throws SQLException {
        @Nullable String hash = row.getString("batch_hash");
        @Nullable LedgerBatch batch = hash == null
                ? null
                : new LedgerBatch(
                        row.getLong("batch_start"),
                        new LedgerEnd(row.getLong("batch_end"), hash),
                        List.of(row.getString("batch_hashes").split(" ")));
        return new LedgerNote(new LedgerEnd(row.getLong("known_offset"), row.getString("known_hash")), batch);
    }

    @Override
    public void save(String project, LedgerNote note, boolean isDurable) {
        @Nullable LedgerBatch batch = note.batch();
        @Nullable Object[] values = {
            project,
            note.known().offset(),
            note.known().hash(),
            batch == null ? null : batch.start(),
            batch == null ? null : batch.end().offset(),
            batch == null ? null : batch.end().hash(),
            batch == null ? null : String.join(" ", batch.hashes())
        };
        if (isDurable) {
            write(handle -> handle.execute(SAVE, values));
        } else {
            writer.executeUnsynced(SAVE, values);
        }
    }

    @Override
    public List<ExternalEvents> external(String project) {
        return readers.read(snapshot -> snapshot.handle()
                .select("SELECT * FROM ledger_external_events WHERE registration = :project ORDER BY from_offset")
                .bind("project", project)
                .map((row, context) -> new ExternalEvents(
                        row.getLong("from_offset"),
                        row.getLong("to_offset"),
                        row.getLong("events"),
                        row.getString("first_event_id"),
                        row.getString("last_event_id"),
                        row.getBoolean("is_told")))
                .list());
    }

    @Override
    public void put(String project, ExternalEvents events) {
        write(handle -> handle.createUpdate(
                        "INSERT OR REPLACE INTO ledger_external_events (registration, from_offset, to_offset, events,"
                                + " first_event_id, last_event_id, is_told)"
                                + " VALUES (:project, :from, :to, :count, :firstId, :lastId, :isReported)")
                .bind("project", project)
                .bindMethods(events)
                .execute());
    }

    @Override
    public void clear(String project) {
        write(handle -> handle.execute("DELETE FROM ledger_external_events WHERE registration = ?", project));
    }

    @Override
    public void forget(String project) {
        write(handle -> {
            handle.execute("DELETE FROM ledger_external_events WHERE registration = ?", project);
            handle.execute("DELETE FROM ledger_ends WHERE registration = ?", project);
        });
    }

    private void write(Consumer<Handle> work) {
        writer.write(handle -> {
            work.accept(handle);
            return Boolean.TRUE;
        });
    }
}
