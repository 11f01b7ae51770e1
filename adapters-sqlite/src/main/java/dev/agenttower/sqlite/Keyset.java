package dev.agenttower.sqlite;

import dev.agenttower.core.page.Direction;
import dev.agenttower.core.page.Position;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    }

    /** The clause that sorts, led by a blank. */
    String orderBy(Direction direction) {
        return columns.stream()
                .map(column -> column.sql() + " " + direction)
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    /**
     * Leaves only the rows after a position.
     *
     * @throws IllegalArgumentException if the position is not of this order
     */
    void startAfter(Position position, Direction direction, Conditions conditions) {
        List<?> given = position.values();
        if (given.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "a position of " + given.size() + " values, where the order has " + columns.size());
        }
        for (int i = 0; i < given.size(); i++) {
            if (!columns.get(i).type().isInstance(given.get(i))) {
                throw new IllegalArgumentException("value " + i + " of the position is no "
                        + columns.get(i).type().getSimpleName());
            }
        }
        String left = columns.stream().map(Column::sql).collect(Collectors.joining(", ", "(", ")"));
        String right = String.join(", ", Collections.nCopies(columns.size(), "?"));
        conditions.and(left + (direction == Direction.ASC ? " > (" : " < (") + right + ")", given.toArray());
    }

    /** The position of a row. */
    Position positionOf(V row) {
        return new Position(Collections.unmodifiableList(values.apply(row)));
    }
}
