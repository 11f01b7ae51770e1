package dev.agenttower.core.page;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter of a list.
 *
 * @param name its name on the wire
 * @param type what its values are
 * @param words the only values that it takes; empty is all of its type
 * @param column the column that must equal the value; null where each store has a condition of its own
 * @param <R> what a row is
 */
public record ListFilter<R>(
        String name,
        ColumnType type,
        Set<String> words,
        @Nullable Column<R> column) {
    /** Copies the words. */
    public ListFilter {
        words = Set.copyOf(words);
    }

    /** Whether the filter takes a value. */
    public boolean takes(Object value) {
        return type.fits(value) && (words.isEmpty() || words.contains(value));
    }
}
