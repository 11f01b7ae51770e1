package dev.agenttower.core.page;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a list.
 *
 * @param name its name on the wire; a dot stands before the name of a field of an object
 * @param value reads the value of a row, of the column's type or null
 * @param <R> the type of a row
 */
public record Column<R>(String name, ColumnType type, Function<R, @Nullable Object> value) {
    /** The value of a row. */
    public @Nullable Object of(R row) {
        return value.apply(row);
    }
}
