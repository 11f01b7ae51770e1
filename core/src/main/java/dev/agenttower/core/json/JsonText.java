package dev.agenttower.core.json;

import org.jspecify.annotations.Nullable;

/**
 * Reads JSON text into a tree.
 *
 * <p>An implementation must keep the order of keys, take the last of two values of one key, keep the value of every number (integers as
 * {@code Integer}, {@code Long} or {@code BigInteger}; others as {@code Double}, or as {@code BigDecimal} where a double would change the
 * value), accept {@code NaN} and the infinities, and refuse whatever follows the value and nesting deeper than {@link #MAX_DEPTH}. Thread-safe.
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
