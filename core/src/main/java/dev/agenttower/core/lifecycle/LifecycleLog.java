package dev.agenttower.core.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where lifecycle events go. An implementation writes one line for each event, fields in the order given, at once, and never throws for
 * what the log's medium does. Thread-safe.
 */
public interface LifecycleLog {
    /** Reports an event. Values are cleaned and bounded by the implementation; {@code null} is written as empty. */
    void report(LifecycleEvent event, Map<String, ?> fields);

    /**
     * Reports an event with fields given as name, value, name, value.
     *
     * @throws IllegalArgumentException if the number of arguments is odd
     */
    default void report(LifecycleEvent event, Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a field lacks its value");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        report(event, fields);
    }

    /** A log that forgets everything. */
    static LifecycleLog noop() {
        return (event, fields) -> {};
    }
}
