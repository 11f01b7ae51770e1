package dev.agenttower.core.page;

import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param limit the most rows, 1 to 200
 * @param after where the page begins; null is the first page
 * @param <F> the filters of the listing
 * @param <O> the orders of the listing
 */
public record PageRequest<F, O extends Enum<O>>(
        int limit, Sort<O> sort, F filter, @Nullable Position after) {
    /** The most rows of a page. */
    public static final int MAX_LIMIT = 200;

    /** Checks the limit. */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit + " is outside 1.." + MAX_LIMIT);
        }
    }
}
