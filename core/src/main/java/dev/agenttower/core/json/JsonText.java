package dev.agenttower.core.json;

import org.jspecify.annotations.Nullable;

/**
 * Reads JSON text into a tree.
 *
 * <p>An implementation must keep the order of keys, use the last of several values of one key, parse numbers with {@link JsonNumber#parse}, and
 * refuse {@code NaN}, infinities, content after the value, and nesting deeper than {@link #MAX_DEPTH}. Thread-safe.
 */
public interface JsonText {
    /** The maximum depth of nesting. */
    int MAX_DEPTH = 200;

    /**
     * Parses a text.
     *
     * @throws MalformedJsonException if the text is not one JSON value
     */
    @Nullable Object read(String text);
}
