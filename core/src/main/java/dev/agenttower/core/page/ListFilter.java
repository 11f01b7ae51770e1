package dev.agenttower.core.page;

import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A filter of a list.
 *
 * @param name its name on the wire
 * @param type the type of its values
 * @param words the allowed values; empty allows all of its type
 * @param column the compared column; null where each store implements the filter itself
 * @param comparison how it is compared; times are compared as text
 * @param form the text of a time in the column; null unless times are compared
 * @param <R> the type of a row
 */
public record ListFilter<R>(
        String name,
        ColumnType type,
        Set<String> words,
        @Nullable Column<R> column,
        Comparison comparison,
        @Nullable Function<Instant, String> form) {
    /** How a filter compares its column with its value. */
    public enum Comparison {
        /** The column has the value. */
        EQUAL,
        /** The column has a time from the value on. */
        FROM,
        /** The column has a time up to the value. */
        UNTIL
    }

    /** Copies the words. */
    public ListFilter {
        words = Set.copyOf(words);
    }

    /** Whether a column of a row passes a value of the filter. */
    boolean passes(Object value, @Nullable Object cell) {
        return switch (comparison) {
            case EQUAL -> value.equals(cell);
            case FROM -> cell instanceof String text && text.compareTo((String) value) >= 0;
            case UNTIL -> cell instanceof String text && text.compareTo((String) value) <= 0;
        };
    }

    /** Whether the filter allows a value. */
    public boolean takes(Object value) {
        return type.fits(value) && (words.isEmpty() || words.contains(value));
    }
}
