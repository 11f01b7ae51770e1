package dev.agenttower.core.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit trail, without its time stamp, which the log adds as the first field.
 *
 * @param fields names and values in the order of the line; values are strings, finite numbers, booleans, null, and lists and maps of these
 */
public record AuditRecord(Map<String, @Nullable Object> fields) {
    /**
     * Deeply copies the fields, keeping their order.
     *
     * @throws IllegalArgumentException if a value or a name is of another kind
     */
    public AuditRecord {
        fields = copyOf(fields);
    }

    /** A record of the older form: {@code {"type": ..., "payload": {...}}}. */
    public static AuditRecord of(String type, Map<String, ? extends @Nullable Object> payload) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("payload", payload);
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

    private static Map<String, @Nullable Object> copyOf(Map<?, ? extends @Nullable Object> fields) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("an audit record cannot hold a field named " + name);
            }
            copy.put(text, copyOf(value));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return copyOf(map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copyOf(element)));
            return Collections.unmodifiableList(copy);
        }
        if (value == null || value instanceof String || value instanceof Boolean || isFinite(value)) {
            return value;
        }
        throw new IllegalArgumentException(
                "an audit record cannot hold " + value.getClass().getName() + " " + value);
    }

    private static boolean isFinite(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }
}
