package dev.agenttower.core.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of rows.
 *
 * @param rows in the order of the sort
 * @param total the exact number of rows that pass the filters on all pages at the time of the read
 * @param next where the next page begins; null on the last page
 * @param <T> the type of a row
 */
public record Page<T>(List<T> rows, long total, @Nullable Position next) {
    /** Copies the rows. */
    public Page {
        rows = List.copyOf(rows);
    }
}
