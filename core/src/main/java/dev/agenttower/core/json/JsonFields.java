package dev.agenttower.core.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the fields of foreign objects: a field that is missing or of another type counts as absent. */
public final class JsonFields {
    private JsonFields() {}

    /** The text under a key; empty if there is none. */
    public static String text(Map<?, ?> object, String key) {
        return object.get(key) instanceof String text ? text : "";
    }

    /** The text under a key; null if there is none. */
    public static @Nullable String textOrNull(Map<?, ?> object, String key) {
        return object.get(key) instanceof String text ? text : null;
    }

    /** A mutable copy of the fields of an object, in order. */
    public static Map<String, @Nullable Object> copy(Map<?, ?> object) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        object.forEach((key, value) -> copy.put((String) key, value));
        return copy;
    }
}
