package dev.agenttower.core.page;

import org.jspecify.annotations.Nullable;

/** The values of one row by column, independent of their source. Missing values read as empty, so that rows of other daemon versions can be read. */
@FunctionalInterface
public interface Cells {
    /** A string, a number or a boolean; null where there is none. */
    @Nullable Object value(String column);

    /** A text; empty where there is none. */
    default String text(String column) {
        Object value = value(column);
        return value == null ? "" : value.toString();
    }

    /** A text; null where there is none. */
    default @Nullable String textOrNull(String column) {
        return value(column) instanceof String text ? text : null;
    }

    /** A number; 0 where there is none. */
    default long number(String column) {
        return value(column) instanceof Number number ? number.longValue() : 0;
    }

    /** A boolean; false where there is none. */
    default boolean flag(String column) {
        return value(column) instanceof Boolean flag && flag;
    }
}
