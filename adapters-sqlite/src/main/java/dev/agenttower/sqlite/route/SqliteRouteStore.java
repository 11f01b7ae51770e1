package dev.agenttower.sqlite.route;

import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.route.Route;
import dev.agenttower.core.route.RouteDefinition;
import dev.agenttower.core.route.RouteRule;
import dev.agenttower.core.route.RouteStore;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Tables;
import dev.agenttower.sqlite.database.Writer;
import dev.agenttower.sqlite.queue.MessageWrites;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The routes in the table {@code routes}. */
public final class SqliteRouteStore implements RouteStore {
    private static final String OLDEST_FIRST = " ORDER BY created_at, route_id";
    private static final String BEHIND =
            "SELECT * FROM routes AS r WHERE r.enabled = 1 AND EXISTS (SELECT 1 FROM events AS e"
                    + " WHERE e.event_type = r.event_type AND e.event_id > r.last_consumed_event_id)" + OLDEST_FIRST;
    private static final String MOST_STALLED =
            "SELECT route_id, (SELECT COUNT(*) FROM events AS e WHERE e.event_type = r.event_type"
                    + " AND e.event_id > r.last_consumed_event_id) AS lag FROM routes AS r"
                    + " WHERE r.enabled = 1 AND lag > 0 ORDER BY lag DESC, created_at, route_id LIMIT 1";
    // The places of a time up to its milliseconds; the two forms of times in the tables differ behind them.
    private static final String LAST_DELIVERED =
            "SELECT m.delivered_at, e.agent_id, e.observed_at FROM message_queue AS m"
                    + " LEFT JOIN events AS e ON e.event_id = m.event_id WHERE m.target_agent_id = :agent"
                    + " AND m.delivered_at IS NOT NULL AND SUBSTR(m.delivered_at, 1, 23) <= SUBSTR(:until, 1, 23)"
                    + " ORDER BY m.enqueued_at DESC, m.message_id DESC LIMIT 1";
    private static final String INSERT = """
            INSERT INTO routes (route_id, event_type, source_scope_kind, source_scope_value, target_rule, target_value,
                master_rule, master_value, template, enabled, last_consumed_event_id, created_at, updated_at,
                created_by_agent_id)
            VALUES (:id, :definition.eventType, :definition.source.kind, :definition.source.value,
                :definition.target.kind, :definition.target.value, :definition.master.kind,
                :definition.master.value, :definition.template, :enabled, :cursor, :createdAt, :updatedAt,
                :createdBy)""";

    private final Readers readers;
    private final Writer writer;

    public SqliteRouteStore(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public List<Route> list(boolean enabledOnly) {
        String sql = "SELECT * FROM routes" + (enabledOnly ? " WHERE enabled = 1" : "") + OLDEST_FIRST;
        return readers.read(snapshot ->
                snapshot.handle().select(sql).map((row, context) -> route(row)).list());
    }

    @Override
    @SuppressWarnings("unchecked") // What is remembered is a list of routes.
    public List<Route> behind() {
        // Asked every second, and mostly nobody has written since.
        return readers.remembered(
                BEHIND,
                handle ->
                        handle.select(BEHIND).map((row, context) -> route(row)).list(),
                List.class);
    }

    @Override
    public Optional<Route> find(String id) {
        return readers.read(snapshot -> find(snapshot.handle(), id));
    }

    private static Optional<Route> find(Handle handle, String id) {
        return handle.select("SELECT * FROM routes WHERE route_id = ?", id)
                .map((row, context) -> route(row))
                .findFirst();
    }

    private static Route route(ResultSet row) throws SQLException {
        return new Route(
                row.getString("route_id"),
                new RouteDefinition(
                        row.getString("event_type"),
                        new RouteRule(row.getString("source_scope_kind"), row.getString("source_scope_value")),
                        new RouteRule(row.getString("target_rule"), row.getString("target_value")),
                        new RouteRule(row.getString("master_rule"), row.getString("master_value")),
                        row.getString("template")),
                row.getBoolean("enabled"),
                row.getLong("last_consumed_event_id"),
                row.getString("created_at"),
                row.getString("updated_at"),
                row.getString("created_by_agent_id"));
    }

    @Override
    public Optional<Lag> mostStalled() {
        return readers.read(snapshot -> snapshot.handle()
                .select(MOST_STALLED)
                .map((row, context) -> new Lag(row.getString("route_id"), row.getLong("lag")))
                .findFirst());
    }

    @Override
    public Optional<PriorMessage> lastDelivered(String agentId, String until) {
        return readers.read(snapshot -> snapshot.handle()
                .select(LAST_DELIVERED)
                .bind("agent", agentId)
                .bind("until", until)
                .map((row, context) -> new PriorMessage(
                        row.getString("delivered_at"), row.getString("agent_id"), row.getString("observed_at")))
                .findFirst());
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return writer.write(handle -> work.apply(new Transaction(handle)));
    }

    private record Transaction(Handle handle) implements Writes {
        @Override
        public Optional<Route> find(String id) {
            return SqliteRouteStore.find(handle, id);
        }

        @Override
        public Route insert(Route route) {
            long last = Tables.number(handle, "SELECT COALESCE(MAX(event_id), 0) FROM events");
            Route stored = route.withCursor(last, route.updatedAt());
            handle.createUpdate(INSERT).bindMethods(stored).execute();
            return stored;
        }

        @Override
        public void delete(String id) {
            handle.execute("DELETE FROM routes WHERE route_id = ?", id);
        }

        @Override
        public void setEnabled(String id, boolean enabled, String at) {
            handle.execute("UPDATE routes SET enabled = ?, updated_at = ? WHERE route_id = ?", enabled, at, id);
        }

        @Override
        public void advance(String id, long eventId, String at) {
            handle.execute(
                    "UPDATE routes SET last_consumed_event_id = ?, updated_at = ?"
                            + " WHERE route_id = ? AND last_consumed_event_id < ?",
                    eventId,
                    at,
                    id,
                    eventId);
        }

        @Override
        public boolean hasMessage(String id, long eventId) {
            return handle.select(
                            "SELECT 1 FROM message_queue WHERE origin = 'route' AND route_id = ? AND event_id = ?",
                            id,
                            eventId)
                    .mapTo(Integer.class)
                    .findFirst()
                    .isPresent();
        }

        @Override
        public MessageStore.Writes messages() {
            return new MessageWrites(handle);
        }
    }
}
