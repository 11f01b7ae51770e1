package dev.agenttower.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing of the control panel contract.
 *
 * @param rows in the order of the listing
 * @param total the number of rows of all pages
 * @param next the cursor of the next page, or null on the last
 */
public record Slice<T>(List<T> rows, long total, @Nullable String next) {
    /** Copies the rows. */
    public Slice {
        rows = List.copyOf(rows);
    }
}
