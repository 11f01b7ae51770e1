package dev.agenttower.core.governance;

import dev.agenttower.core.failure.RefusedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads texts from the body of a request. */
public final class BodyText {
    private BodyText() {}

    /**
     * The text under a key; null if it is absent.
     *
     * @throws RefusedException INVALID, if the value is not a text
     */
    public static @Nullable String of(Map<String, ? extends @Nullable Object> body, String key) {
        Object value = body.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw RefusedException.invalid(key + " must be a string");
    }

    /**
     * The text under a key, or the {@code absent} value if the key is absent.
     *
     * @throws RefusedException INVALID, if the value is not a text
     */
    public static String of(Map<String, ? extends @Nullable Object> body, String key, String absent) {
        String text = of(body, key);
        return text == null ? absent : text;
    }
}
