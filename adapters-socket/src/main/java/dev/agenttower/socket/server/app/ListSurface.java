package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One list of the contract: what it is sorted and filtered by, and where its rows come from.
 *
 * @param name its name, which its cursors are bound to
 * @param orders its orders by their names
 * @param defaultOrder the name of the order when none is asked for
 * @param filters the names of its filters
 * @param guarded whether values of filters must not look like operators
 * @param readFilters reads the filters, which are known ones, and refuses values of the wrong type
 * @param canonical the values of the filters, in one order
 * @param page reads a page
 * @param row shows a row
 * @param <V> what a row is
 * @param <F> the filters
 * @param <O> the orders
 */
record ListSurface<V, F, O extends Enum<O>>(
        String name,
        Map<String, O> orders,
        String defaultOrder,
        Set<String> filters,
        boolean guarded,
        Function<AppParams, F> readFilters,
        Function<F, List<@Nullable Object>> canonical,
        Function<PageRequest<F, O>, Page<V>> page,
        Function<V, ObjectNode> row) {}
