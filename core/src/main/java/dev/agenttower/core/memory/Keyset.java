package dev.agenttower.core.memory;

import dev.agenttower.core.page.Direction;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.core.page.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An order of rows by the values that {@code values} reads from a row: texts and longs, the key of the row last.
 *
 * @param shape the type of each value
 * @param <R> what a row is
 */
record Keyset<R>(List<Class<?>> shape, Function<R, List<@Nullable Object>> values) {
    private static final Comparator<@Nullable Object> VALUE = Comparator.nullsLast(Keyset::compareValues);

    /** The page that was asked for, of rows that have passed the filter. */
    <V> Page<V> page(List<R> filtered, PageRequest<?, ?> request, Function<R, V> view) {
        Comparator<List<@Nullable Object>> ascending = Keyset::compare;
        Comparator<List<@Nullable Object>> order =
                request.sort().direction() == Direction.ASC ? ascending : ascending.reversed();
        Position after = request.after();
        if (after != null) {
            requireFit(after);
        }
        List<R> rest = filtered.stream()
                .filter(row -> after == null || order.compare(values.apply(row), after.values()) > 0)
                .sorted(Comparator.comparing(values, order))
                .toList();
        List<R> rows = rest.subList(0, Math.min(request.limit(), rest.size()));
        Position next = rows.size() == rest.size() ? null : new Position(values.apply(rows.get(rows.size() - 1)));
        return new Page<>(rows.stream().map(view).toList(), filtered.size(), next);
    }

    private void requireFit(Position position) {
        List<@Nullable Object> given = position.values();
        boolean fits = given.size() == shape.size();
        for (int i = 0; fits && i < shape.size(); i++) {
            Object value = given.get(i);
            fits = value == null || shape.get(i).isInstance(value);
        }
        if (!fits) {
            throw new IllegalArgumentException("position " + given + " does not fit the sort " + shape);
        }
    }

    private static int compare(List<@Nullable Object> left, List<@Nullable Object> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = VALUE.compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareValues(Object left, Object right) {
        return left instanceof Long a && right instanceof Long b
                ? Long.compare(a, b)
                : Order.TEXT.compare((String) left, (String) right);
    }

    /** The values of a row, as a list that may hold null. */
    static List<@Nullable Object> valuesOf(@Nullable Object... values) {
        List<@Nullable Object> list = new ArrayList<>(values.length);
        for (Object value : values) {
            list.add(value);
        }
        return list;
    }
}
