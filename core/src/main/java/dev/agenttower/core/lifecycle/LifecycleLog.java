package dev.agenttower.core.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records lifecycle events. An implementation must write one line for each event immediately, with fields in the given order, and must not throw
 * on failures of the log's medium. Thread-safe.
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

    /** A log that discards all events. */
    static LifecycleLog noop() {
        return (event, fields) -> {};
    }
}
