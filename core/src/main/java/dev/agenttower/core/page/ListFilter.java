package dev.agenttower.core.page;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter of a list.
 *
 * @param name its name on the wire
 * @param type the type of its values
 * @param words the allowed values; empty allows all of its type
 * @param column the column that must equal the value; null where each store implements the filter itself
 * @param <R> the type of a row
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

    /** Whether the filter allows a value. */
    public boolean takes(Object value) {
        return type.fits(value) && (words.isEmpty() || words.contains(value));
    }
}
