package dev.agenttower.core.json;

import org.jspecify.annotations.Nullable;

/**
 * Reads JSON text into a tree.
 *
 * <p>An implementation must keep the order of keys, take the last of two values of one key, make numbers as {@link JsonNumber#parse} does, and
 * refuse {@code NaN}, the infinities, whatever follows the value, and nesting deeper than {@link #MAX_DEPTH}. Thread-safe.
 */
public interface JsonText {
    /** Values may be nested this deep. */
    int MAX_DEPTH = 200;

    /**
     * The value that a text holds.
     *
     * @throws MalformedJsonException if the text is not one JSON value
     */
    @Nullable Object read(String text);
}
