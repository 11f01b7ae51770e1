package dev.agenttower.core.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of rows.
 *
 * @param rows in the order of the sort
 * @param total how many rows pass the filter on all pages, exactly, at the time of the read
 * @param next where the next page begins; null on the last page
 * @param <T> what a row is
 */
public record Page<T>(List<T> rows, long total, @Nullable Position next) {
    /** Copies the rows. */
    public Page {
        rows = List.copyOf(rows);
    }
}
