package dev.agenttower.core.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of a log, as it is stored and as clients see it.
 *
 * @param id grows with each stored event; 0 before it is stored
 * @param type the name of an {@link EventType}
 * @param attachmentId null only in rows that another program wrote, like {@code logPath}, {@code bytes}, {@code lines} and {@code ruleId}
 * @param logPath the file on the host
 * @param observedAt UTC, six digits of fraction
 * @param excerpt free of secrets; may be empty
 */
public record Event(
        long id,
        String type,
        String agentId,
        @Nullable String attachmentId,
        @Nullable String logPath,
        @Nullable Span bytes,
        @Nullable Span lines,
        String observedAt,
        String excerpt,
        @Nullable String ruleId,
        Debounced debounced,
        long schemaVersion) {
    private static final int SCHEMA_VERSION = 1;

    /**
     * How many records one event stands for.
     *
     * @param windowId null if the event was not debounced, like both times
     * @param count at least 1
     * @param startedAt when the first record was observed
     * @param endedAt when the window was closed
     */
    public record Debounced(
            @Nullable String windowId,
            long count,
            @Nullable String startedAt,
            @Nullable String endedAt) {
        /** One record that stands for itself. */
        public static final Debounced NONE = new Debounced(null, 1, null, null);
    }

    /** An event that is not stored yet. */
    static Event of(
            AttachedLog log, Classification found, Span bytes, Span lines, String observedAt, Debounced debounced) {
        return new Event(
                0,
                found.type().wire(),
                log.agentId(),
                log.attachmentId(),
                log.path(),
                bytes,
                lines,
                observedAt,
                found.excerpt(),
                found.ruleId(),
                debounced,
                SCHEMA_VERSION);
    }

    /** This event with its id. */
    public Event withId(long stored) {
        return new Event(
                stored,
                type,
                agentId,
                attachmentId,
                logPath,
                bytes,
                lines,
                observedAt,
                excerpt,
                ruleId,
                debounced,
                schemaVersion);
    }

    /** The fields of the event on the wire and in the audit trail, in their order. */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event_id", id);
        fields.put("event_type", type);
        fields.put("agent_id", agentId);
        fields.put("attachment_id", attachmentId);
        fields.put("log_path", logPath);
        fields.put("byte_range_start", bytes == null ? null : bytes.start());
        fields.put("byte_range_end", bytes == null ? null : bytes.end());
        fields.put("line_offset_start", lines == null ? null : lines.start());
        fields.put("line_offset_end", lines == null ? null : lines.end());
        fields.put("observed_at", observedAt);
        fields.put("record_at", null);
        fields.put("excerpt", excerpt);
        fields.put("classifier_rule_id", ruleId);
        Map<String, @Nullable Object> debounce = new LinkedHashMap<>();
        debounce.put("window_id", debounced.windowId());
        debounce.put("collapsed_count", debounced.count());
        debounce.put("window_started_at", debounced.startedAt());
        debounce.put("window_ended_at", debounced.endedAt());
        fields.put("debounce", debounce);
        fields.put("schema_version", schemaVersion);
        return fields;
    }
}
