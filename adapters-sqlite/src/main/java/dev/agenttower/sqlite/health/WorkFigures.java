package dev.agenttower.sqlite.health;

import static dev.agenttower.sqlite.database.Tables.orIfMissing;

import dev.agenttower.core.health.DashboardFigures.RecentEvent;
import dev.agenttower.core.health.DashboardFigures.RecentMessage;
import dev.agenttower.core.health.DashboardFigures.RecentRoute;
import dev.agenttower.core.health.DashboardFigures.Routes;
import dev.agenttower.sqlite.database.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The dashboard's figures on events, messages and routes. */
public final class WorkFigures {
    private static final List<String> QUEUE_STATES = List.of("queued", "blocked", "delivered", "canceled", "failed");

    private final Handle handle;

    public WorkFigures(Handle handle) {
        this.handle = handle;
    }

    long events() {
        return orIfMissing(handle, 0L, () -> Tables.number(handle, "SELECT COUNT(*) FROM events"), "events");
    }

    Map<String, Long> queueByState() {
        Map<String, Long> states = new LinkedHashMap<>();
        QUEUE_STATES.forEach(state -> states.put(state, 0L));
        return orIfMissing(
                handle,
                states,
                () -> AgentFigures.counted(
                        handle, states, "SELECT state AS key, COUNT(*) AS count FROM message_queue GROUP BY state"),
                "message_queue");
    }

    public Routes routes() {
        return orIfMissing(
                handle,
                new Routes(0, 0),
                () -> handle.select("SELECT COUNT(CASE WHEN enabled = 1 THEN 1 END) AS enabled,"
                                + " COUNT(CASE WHEN enabled = 0 THEN 1 END) AS disabled FROM routes")
                        .map((row, context) -> new Routes(row.getLong("enabled"), row.getLong("disabled")))
                        .one(),
                "routes");
    }

    List<RecentEvent> recentEvents(int limit) {
        return recent(
                "SELECT event_id, observed_at, event_type, agent_id FROM events ORDER BY event_id DESC LIMIT :limit",
                limit,
                (row, context) -> new RecentEvent(
                        row.getLong("event_id"),
                        row.getString("observed_at"),
                        row.getString("event_type"),
                        row.getString("agent_id")),
                "events");
    }

    List<RecentMessage> recentMessages(int limit) {
        return recent(
                "SELECT message_id, enqueued_at, origin, state, target_agent_id FROM message_queue"
                        + " ORDER BY enqueued_at DESC, message_id DESC LIMIT :limit",
                limit,
                (row, context) -> new RecentMessage(
                        row.getString("message_id"),
                        row.getString("enqueued_at"),
                        row.getString("origin"),
                        row.getString("state"),
                        row.getString("target_agent_id")),
                "message_queue");
    }

    List<RecentRoute> recentRoutes(int limit) {
        return recent(
                "SELECT route_id, created_at, enabled FROM routes ORDER BY created_at DESC, route_id DESC LIMIT :limit",
                limit,
                (row, context) -> new RecentRoute(
                        row.getString("route_id"), row.getString("created_at"), row.getBoolean("enabled")),
                "routes");
    }

    private <T> List<T> recent(String sql, int limit, RowMapper<T> mapper, String table) {
        return orIfMissing(
                handle,
                List.of(),
                () -> handle.select(sql).bind("limit", limit).map(mapper).list(),
                table);
    }

    @Nullable String oldestBlockedMessage() {
        return orIfMissing(
                        handle,
                        Optional.<String>empty(),
                        () -> handle.select("SELECT message_id FROM message_queue WHERE state = 'blocked'"
                                        + " ORDER BY enqueued_at, message_id LIMIT 1")
                                .mapTo(String.class)
                                .findFirst(),
                        "message_queue")
                .orElse(null);
    }
}
