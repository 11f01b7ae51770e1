package dev.agenttower.core.page;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for one page of a list. Start with {@link ListDefinition#page} and refine it with the methods here.
 *
 * @param limit the most rows, 1 to 200
 * @param filters values by the name of their filter; all must hold
 * @param after where the page begins; null is the first page
 * @param <R> the type of a row
 */
public record PageRequest<R>(
        ListDefinition<R> list,
        int limit,
        ListOrder<R> order,
        Direction direction,
        Map<String, Object> filters,
        @Nullable Position after) {
    /** The most rows of a page. */
    public static final int MAX_LIMIT = 200;

    /**
     * Checks the request against its list.
     *
     * @throws IllegalArgumentException for a limit out of its bounds, a filter that the list does not have, a value that the filter does not
     *     allow, or a position of another order
     */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit + " is outside 1.." + MAX_LIMIT);
        }
        filters = Map.copyOf(filters);
        filters.forEach((name, value) -> {
            if (!list.filter(name).takes(value)) {
                throw new IllegalArgumentException("filter " + name + " does not take " + value);
            }
        });
        order.requireFit(after);
    }

    /** The same page in an order of this name. */
    public PageRequest<R> by(String orderName, Direction towards) {
        ListOrder<R> other = list.order(orderName)
                .orElseThrow(() -> new IllegalArgumentException(list.name() + " has no order " + orderName));
        return new PageRequest<>(list, limit, other, towards, filters, after);
    }

    /** The same page with one more filter. */
    public PageRequest<R> where(String filter, Object value) {
        Map<String, Object> more = new HashMap<>(filters);
        more.put(filter, value);
        return new PageRequest<>(list, limit, order, direction, more, after);
    }

    /** The page that begins at a position. */
    public PageRequest<R> after(@Nullable Position position) {
        return new PageRequest<>(list, limit, order, direction, filters, position);
    }

    /** Whether a row passes the filters that compare a column. */
    public boolean passes(R row) {
        for (ListFilter<R> filter : list.filters()) {
            Object wanted = filters.get(filter.name());
            Column<R> column = filter.column();
            if (wanted != null && column != null && !filter.passes(wanted, column.of(row))) {
                return false;
            }
        }
        return true;
    }
}
