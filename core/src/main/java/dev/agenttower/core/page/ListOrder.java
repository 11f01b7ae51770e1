package dev.agenttower.core.page;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A total order of the rows of a list.
 *
 * @param name its name on the wire
 * @param columns the compared columns, the most significant first and the key of the row last; texts and numbers, never null
 * @param <R> the type of a row
 */
public record ListOrder<R>(String name, List<Column<R>> columns) {
    /** Copies the columns. */
    public ListOrder {
        columns = List.copyOf(columns);
    }

    /** The position after a row. */
    public Position positionOf(R row) {
        return new Position(columns.stream()
                .map(column -> requireNonNull(column.of(row), column.name()))
                .toList());
    }

    void requireFit(@Nullable Position position) {
        if (position == null) {
            return;
        }
        List<Object> values = position.values();
        boolean fits = values.size() == columns.size();
        for (int i = 0; fits && i < columns.size(); i++) {
            fits = columns.get(i).type().fits(values.get(i));
        }
        if (!fits) {
            throw new IllegalArgumentException("position " + values + " does not fit the order " + name);
        }
    }
}
