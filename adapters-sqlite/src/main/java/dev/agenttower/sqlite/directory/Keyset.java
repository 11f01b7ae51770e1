package dev.agenttower.sqlite.directory;

import dev.agenttower.core.page.Direction;
import dev.agenttower.core.page.Position;
import dev.agenttower.sqlite.database.Conditions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A total order of rows, and how to go on after one of them: by a condition on the columns of the order, which an index answers in the
 * same time wherever the page lies.
 *
 * @param columns what is compared, the most significant first; none is ever null
 * @param values the values of these columns, strings and longs, taken from a row as it is shown
 * @param <V> what a row is shown as
 */
record Keyset<V>(List<Column> columns, Function<V, List<Object>> values) {
    Keyset {
        columns = List.copyOf(columns);
    }

    /**
     * One column of an order.
     *
     * @param sql the column or expression
     * @param type what its values are
     */
    record Column(String sql, Class<?> type) {
        static Column text(String sql) {
            return new Column(sql, String.class);
        }

        static Column number(String sql) {
            return new Column(sql, Long.class);
        }

        boolean isExpression() {
            return sql.indexOf(' ') >= 0;
        }
    }

    /**
     * One statement of a page.
     *
     * @param conditions which rows it reads
     * @param orderBy the clause that sorts them, led by a blank
     */
    record Step(Conditions conditions, String orderBy) {}

    /**
     * The statements for the rows of a page; rows of the first come before rows of the second, if there are two.
     *
     * @param after where the page begins; null is the first page
     * @param fixed the only value that the filter leaves for a leading expression; null where it leaves several
     * @param filter makes the conditions of the filter
     * @throws IllegalArgumentException if the position is not of this order
     */
    List<Step> steps(
            @Nullable Position after, Direction direction, @Nullable Object fixed, Supplier<Conditions> filter) {
        Object[] given = after == null ? new Object[0] : fitting(after);
        Column leading = columns.get(0);
        if (leading.isExpression() && fixed != null) {
            return List.of(tied(fixed, given, direction, filter.get()));
        }
        if (after == null) {
            return List.of(new Step(filter.get(), orderBy(columns, direction)));
        }
        if (!leading.isExpression()) {
            Conditions beyond = filter.get().and(beyond(columns, direction), given);
            return List.of(new Step(beyond, orderBy(columns, direction)));
        }
        // SQLite uses no index for a comparison of rows that begins with an expression, but uses it for these two.
        Conditions beyond = filter.get().and(beyond(columns.subList(0, 1), direction), given[0]);
        return List.of(tied(given[0], given, direction, filter.get()), new Step(beyond, orderBy(columns, direction)));
    }

    // Without the leading column in its order, which SQLite would not see to be constant.
    private Step tied(Object leading, Object[] given, Direction direction, Conditions conditions) {
        List<Column> rest = columns.subList(1, columns.size());
        conditions.and(columns.get(0).sql() + " = ?", leading);
        if (given.length > 0) {
            conditions.and(beyond(rest, direction), Arrays.copyOfRange(given, 1, given.length));
        }
        return new Step(conditions, orderBy(rest, direction));
    }

    private static String beyond(List<Column> columns, Direction direction) {
        String names = columns.stream().map(Column::sql).collect(Collectors.joining(", "));
        String places = String.join(", ", Collections.nCopies(columns.size(), "?"));
        return "(" + names + ")" + (direction == Direction.ASC ? " > " : " < ") + "(" + places + ")";
    }

    private static String orderBy(List<Column> columns, Direction direction) {
        return columns.stream()
                .map(column -> column.sql() + " " + direction)
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    private Object[] fitting(Position position) {
        Object[] given = position.values().toArray();
        if (given.length != columns.size()) {
            throw new IllegalArgumentException(
                    "a position of " + given.length + " values, where the order has " + columns.size());
        }
        for (int i = 0; i < given.length; i++) {
            Class<?> type = columns.get(i).type();
            if (!type.isInstance(given[i])) {
                throw new IllegalArgumentException("value " + i + " of the position is no " + type.getSimpleName());
            }
        }
        return given;
    }

    /** The position of a row. */
    Position positionOf(V row) {
        return new Position(Collections.unmodifiableList(values.apply(row)));
    }
}
