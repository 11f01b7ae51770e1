package dev.agenttower.sqlite.governance;

import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.governance.ledger.note.PromiseStore;
import dev.agenttower.core.governance.ledger.note.PromisedEvent;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.StoredJson;
import dev.agenttower.sqlite.database.Writer;
import java.util.List;

/** Promised events in the table {@code promised_events}. */
public final class SqlitePromiseStore implements PromiseStore {
    private final Readers readers;
    private final Writer writer;

    public SqlitePromiseStore(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public void note(String project, PromisedEvent promise) {
        writer.write(handle -> handle.createUpdate(
                        "INSERT OR REPLACE INTO promised_events (registration, file, subject, shown, event, ledger)"
                                + " VALUES (:project, :file, :subject, :shown, :json, :place.text)")
                .bind("project", project)
                .bindMethods(promise)
                .bind("json", StoredJson.event(promise.event()))
                .execute());
    }

    @Override
    public List<PromisedEvent> find(String project, String file) {
        return readers.read(snapshot -> snapshot.handle()
                .select("SELECT subject, shown, event, ledger FROM promised_events"
                        + " WHERE registration = :project AND file = :file ORDER BY subject")
                .bind("project", project)
                .bind("file", file)
                .map((row, context) -> new PromisedEvent(
                        file,
                        row.getString("subject"),
                        row.getString("shown"),
                        StoredJson.parseEvent(row.getString("event")),
                        LedgerCursor.parse(row.getString("ledger")).orElse(LedgerCursor.START)))
                .list());
    }

    @Override
    public void remove(String project, PromisedEvent promise) {
        writer.write(handle -> handle.createUpdate("DELETE FROM promised_events"
                        + " WHERE registration = :project AND file = :file AND subject = :subject")
                .bind("project", project)
                .bindMethods(promise)
                .execute());
    }

    @Override
    public void forget(String project) {
        writer.write(handle -> handle.execute("DELETE FROM promised_events WHERE registration = ?", project));
    }
}
