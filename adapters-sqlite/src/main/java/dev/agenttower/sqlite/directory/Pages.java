package dev.agenttower.sqlite.directory;

import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.database.Snapshot;
import dev.agenttower.sqlite.directory.Keyset.Step;
import java.util.ArrayList;
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
public abstract class Pages<V, F, O extends Enum<O>> {
    /** The statement that reads rows, up to and without its conditions. */
    abstract String select();

    /** How a row of {@link #select} is shown. */
    abstract RowMapper<V> mapper();

    /** What the rows are compared by in an order. */
    abstract Keyset<V> keyset(O order);

    /** The conditions of a filter. */
    abstract Conditions conditions(F filter);

    /** The value of an expression that leads an order, where the filter lets only one through; else null. */
    @Nullable Object leadingValue(F filter) {
        return null;
    }

    /** How many rows pass a filter. */
    abstract long count(Handle handle, F filter);

    final Page<V> page(Snapshot snapshot, PageRequest<F, O> request) {
        Keyset<V> keyset = keyset(request.sort().field());
        List<Step> steps = keyset.steps(
                request.after(),
                request.sort().direction(),
                leadingValue(request.filter()),
                () -> conditions(request.filter()));
        long total = snapshot.remembered(
                List.of(getClass(), request.filter()), handle -> count(handle, request.filter()), Long.class);
        if (total == 0) {
            return new Page<>(List.of(), 0, null);
        }
        // One row more than is shown tells whether there is a next page.
        List<V> found = find(snapshot.handle(), steps, request.limit() + 1);
        if (found.size() <= request.limit()) {
            return new Page<>(found, total, null);
        }
        List<V> rows = found.subList(0, request.limit());
        return new Page<>(rows, total, keyset.positionOf(rows.get(rows.size() - 1)));
    }

    private List<V> find(Handle handle, List<Step> steps, int limit) {
        List<V> found = new ArrayList<>(limit);
        for (Step step : steps) {
            int missing = limit - found.size();
            if (missing > 0) {
                handle.select(
                                select() + step.conditions().where() + step.orderBy() + " LIMIT ?",
                                step.conditions().values(missing))
                        .map(mapper())
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** The number that a counting statement yields. */
    public static long number(Handle handle, String sql, Object... values) {
        return handle.select(sql, values).mapTo(Long.class).one();
    }
}
