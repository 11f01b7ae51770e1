package dev.agenttower.sqlite.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A conjunction of SQL conditions, with the values of their placeholders. Not thread-safe. */
public final class Conditions {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    /** Adds a condition. */
    public Conditions and(String condition, Object... placeholders) {
        sql.append(sql.isEmpty() ? " WHERE " : " AND ").append(condition);
        Collections.addAll(values, placeholders);
        return this;
    }

    /** The WHERE clause with a leading blank; empty without conditions. */
    public String where() {
        return sql.toString();
    }

    /** The values, followed by {@code more}. */
    public Object[] values(Object... more) {
        List<Object> all = new ArrayList<>(values);
        Collections.addAll(all, more);
        return all.toArray();
    }
}
