package dev.agenttower.core.page;

import org.jspecify.annotations.Nullable;

/** The type of the values of a column. */
public enum ColumnType {
    /** Strings. */
    TEXT(String.class),
    /** Longs. */
    NUMBER(Long.class),
    /** Booleans. */
    FLAG(Boolean.class);

    private final Class<?> values;

    ColumnType(Class<?> values) {
        this.values = values;
    }

    /** Whether an object is a value of this type; null is not. */
    public boolean fits(@Nullable Object value) {
        return values.isInstance(value);
    }
}
