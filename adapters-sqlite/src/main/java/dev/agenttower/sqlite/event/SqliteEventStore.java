package dev.agenttower.sqlite.event;

import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventPosition;
import dev.agenttower.core.event.EventQuery;
import dev.agenttower.core.event.EventStore;
import dev.agenttower.core.event.EventType;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Tables;
import dev.agenttower.sqlite.database.Writer;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The events in the table {@code events}. */
public final class SqliteEventStore implements EventStore {
    // The expression of an index in events.sql, which is not used otherwise.
    private static final String BYTE = "COALESCE(byte_range_start, -1)";
    private static final String WAITING = "FROM events WHERE jsonl_appended_at IS NULL AND " + EventRows.OF_LOGS;

    private static final String LATEST =
            "SELECT e.* FROM agents AS a JOIN events AS e ON e.event_id = (SELECT event_id FROM (SELECT event_id,"
                    + " observed_at, " + BYTE + " AS start FROM events WHERE agent_id = a.agent_id AND "
                    + EventRows.OF_LOGS
                    + " ORDER BY event_id DESC LIMIT 20) ORDER BY observed_at DESC, start DESC, event_id DESC LIMIT 1)"
                    + " WHERE a.active = 1";

    private final Readers readers;
    private final Writer writer;

    public SqliteEventStore(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public List<Event> list(EventQuery query, @Nullable EventPosition after, boolean isReversed, int limit) {
        Conditions conditions = conditions(query);
        String beyond = isReversed ? " < " : " > ";
        if (after != null && after.observedAt() != null) {
            conditions.and(
                    "(observed_at, " + BYTE + ", event_id)" + beyond + "(?, ?, ?)",
                    after.observedAt(),
                    after.byteStart(),
                    after.id());
            // The index is sought by this; a row comparison with an expression in it seeks none.
            conditions.and("observed_at" + (isReversed ? " <= " : " >= ") + "?", after.observedAt());
        } else if (after != null) {
            conditions.and("event_id" + beyond + "?", after.id());
        }
        String direction = isReversed ? " DESC" : "";
        return events(
                conditions,
                " ORDER BY observed_at" + direction + ", " + BYTE + direction + ", event_id" + direction,
                limit);
    }

    @Override
    public List<Event> following(EventQuery query, long after, int limit) {
        return events(conditions(query).and("event_id > ?", after), " ORDER BY event_id", limit);
    }

    private List<Event> events(Conditions conditions, String orderBy, int limit) {
        return readers.read(snapshot -> snapshot.handle()
                .select("SELECT * FROM events" + conditions.where() + orderBy + " LIMIT ?", conditions.values(limit))
                .map((row, context) -> EventRows.event(row))
                .list());
    }

    private static Conditions conditions(EventQuery query) {
        Conditions conditions = new Conditions();
        if (query.types().isEmpty()) {
            conditions.and(EventRows.OF_LOGS);
        } else {
            conditions.and(
                    "event_type IN ("
                            + String.join(
                                    ", ", Collections.nCopies(query.types().size(), "?")) + ")",
                    query.types().stream().map(EventType::wire).toArray());
        }
        if (query.agentId() != null) {
            conditions.and("agent_id = ?", query.agentId());
        }
        if (query.since() != null) {
            conditions.and("observed_at >= ?", query.since());
        }
        if (query.until() != null) {
            conditions.and("observed_at < ?", query.until());
        }
        return conditions;
    }

    @Override
    public List<Event> latest() {
        return readers.read(snapshot -> snapshot.handle()
                .select(LATEST)
                .map((row, context) -> EventRows.event(row))
                .list());
    }

    @Override
    public Event append(Event event) {
        return writer.write(handle -> {
            handle.createUpdate(EventRows.INSERT).bindMethods(event).execute();
            return event.withId(Tables.number(handle, "SELECT last_insert_rowid()"));
        });
    }

    @Override
    public long lastId() {
        return number("SELECT COALESCE(MAX(event_id), 0) FROM events");
    }

    @Override
    public List<Event> unappended(int limit) {
        return readers.read(snapshot -> snapshot.handle()
                .select("SELECT * " + WAITING + " ORDER BY event_id LIMIT ?", limit)
                .map((row, context) -> EventRows.event(row))
                .list());
    }

    @Override
    public long countUnappended() {
        return number("SELECT COUNT(*) " + WAITING);
    }

    private long number(String sql) {
        return readers.read(snapshot -> Tables.number(snapshot.handle(), sql));
    }

    @Override
    public void markAppended(Collection<Long> ids, String at) {
        if (ids.isEmpty()) {
            return;
        }
        writer.write(handle -> {
            PreparedBatch batch = handle.prepareBatch(
                    "UPDATE events SET jsonl_appended_at = :at WHERE event_id = :id AND jsonl_appended_at IS NULL");
            ids.forEach(id -> batch.bind("at", at).bind("id", id).add());
            return batch.execute();
        });
    }
}
