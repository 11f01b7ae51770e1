package dev.agenttower.core.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit trail, without its time stamp, which the log adds as the first field.
 *
 * @param fields names and values in the order of the line; values are strings, numbers, booleans, null, and lists and maps of these
 */
public record AuditRecord(Map<String, @Nullable Object> fields) {
    /** Copies the fields, keeping their order. */
    public AuditRecord {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A record of the older form: {@code {"type": ..., "payload": {...}}}. */
    public static AuditRecord of(String type, Map<String, ? extends @Nullable Object> payload) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("payload", Collections.unmodifiableMap(new LinkedHashMap<>(payload)));
        return new AuditRecord(fields);
    }

    /** A record of a change that a control panel made: {@code {"event_type": ..., "origin": "app", "app_session_id": n, ...}}. */
    public static AuditRecord ofApp(String eventType, long sessionId, Map<String, ? extends @Nullable Object> more) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event_type", eventType);
        fields.put("origin", "app");
        fields.put("app_session_id", sessionId);
        fields.putAll(more);
        return new AuditRecord(fields);
    }
}
