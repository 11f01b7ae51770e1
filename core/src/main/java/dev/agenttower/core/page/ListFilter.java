package dev.agenttower.core.page;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter of a list.
 *
 * @param name its name on the wire
 * @param type the type of its values
 * @param words the allowed values; empty allows all of its type
 * @param column the column that is compared with the value; null where each store implements the filter itself
 * @param comparison how the column must compare to the value
 * @param <R> the type of a row
 */
public record ListFilter<R>(
        String name,
        ColumnType type,
        Set<String> words,
        @Nullable Column<R> column,
        Comparison comparison) {
    /** How a column compares to a value. */
    public enum Comparison {
        /** It has that value. */
        EQUAL,
        /** It is that time or a later one; times are texts of one form. */
        SINCE,
        /** It is that time or an earlier one. */
        UNTIL;

        boolean holds(Object cell, Object value) {
            return switch (this) {
                case EQUAL -> cell.equals(value);
                case SINCE -> ((String) cell).compareTo((String) value) >= 0;
                case UNTIL -> ((String) cell).compareTo((String) value) <= 0;
            };
        }
    }

    /** Copies the words. */
    public ListFilter {
        words = Set.copyOf(words);
    }

    /** Whether a row passes, given the value of the filter; true where each store implements the filter itself. */
    boolean passes(R row, Object value) {
        Object cell = column == null ? value : column.of(row);
        return column == null || (cell != null && comparison.holds(cell, value));
    }

    /** Whether the filter allows a value. */
    public boolean takes(Object value) {
        return type.fits(value) && (words.isEmpty() || words.contains(value));
    }
}
