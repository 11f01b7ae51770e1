package dev.agenttower.sqlite;

import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.core.page.Position;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * One kind of row that is listed page by page.
 *
 * @param <V> what a row is shown as
 * @param <F> the filters
 * @param <O> the orders
 */
abstract class Pages<V, F, O extends Enum<O>> {
    /** The statement that reads rows, up to and without its conditions. */
    abstract String select();

    /** How a row of {@link #select} is shown. */
    abstract RowMapper<V> mapper();

    /** What the rows are compared by in an order. */
    abstract Keyset<V> keyset(O order);

    /** The conditions of a filter. */
    abstract Conditions conditions(F filter);

    /** How many rows pass a filter. */
    abstract long count(Handle handle, F filter);

    final Page<V> page(Snapshot snapshot, PageRequest<F, O> request) {
        Keyset<V> keyset = keyset(request.sort().field());
        Conditions conditions = conditions(request.filter());
        if (request.after() != null) {
            keyset.startAfter(request.after(), request.sort().direction(), conditions);
        }
        long total = snapshot.remembered(
                List.of(getClass(), request.filter()), handle -> count(handle, request.filter()), Long.class);
        if (total == 0) {
            return new Page<>(List.of(), 0, null);
        }
        // One row more than is shown tells whether there is a next page.
        String sql =
                select() + conditions.where() + keyset.orderBy(request.sort().direction()) + " LIMIT ?";
        List<V> found = snapshot.handle()
                .select(sql, conditions.values(request.limit() + 1))
                .map(mapper())
                .list();
        if (found.size() <= request.limit()) {
            return new Page<>(found, total, null);
        }
        List<V> rows = found.subList(0, request.limit());
        @Nullable Position next = keyset.positionOf(rows.get(rows.size() - 1));
        return new Page<>(rows, total, next);
    }

    /** The number that a counting statement yields. */
    static long number(Handle handle, String sql, Object... values) {
        return handle.select(sql, values).mapTo(Long.class).one();
    }
}
