package dev.agenttower.sqlite.event;

import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.event.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of the table {@code events}. */
final class EventRows {
    /** The condition on the type that leaves out the records of the queue. */
    static final String OF_LOGS = EventType.NAMES.stream()
            .map(name -> "'" + name + "'")
            .collect(Collectors.joining(", ", "event_type IN (", ")"));

    /** Inserts an event, bound by its methods. */
    static final String INSERT = """
            INSERT INTO events (event_type, agent_id, attachment_id, log_path, byte_range_start, byte_range_end,
                line_offset_start, line_offset_end, observed_at, excerpt, classifier_rule_id, debounce_window_id,
                debounce_collapsed_count, debounce_window_started_at, debounce_window_ended_at, schema_version)
            VALUES (:type, :agentId, :attachmentId, :logPath, :bytes?.start, :bytes?.end, :lines?.start, :lines?.end,
                :observedAt, :excerpt, :ruleId, :debounced.windowId, :debounced.count, :debounced.startedAt,
                :debounced.endedAt, :schemaVersion)""";

    private EventRows() {}

    static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getLong("event_id"),
                row.getString("event_type"),
                row.getString("agent_id"),
                row.getString("attachment_id"),
                row.getString("log_path"),
                span(row, "byte_range_start", "byte_range_end"),
                span(row, "line_offset_start", "line_offset_end"),
                row.getString("observed_at"),
                row.getString("excerpt"),
                row.getString("classifier_rule_id"),
                new Event.Debounced(
                        row.getString("debounce_window_id"),
                        row.getLong("debounce_collapsed_count"),
                        row.getString("debounce_window_started_at"),
                        row.getString("debounce_window_ended_at")),
                row.getLong("schema_version"));
    }

    private static @Nullable Span span(ResultSet row, String start, String end) throws SQLException {
        long from = row.getLong(start);
        return row.wasNull() ? null : new Span(from, row.getLong(end));
    }
}
