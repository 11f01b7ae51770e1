package dev.agenttower.sqlite.database;

import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Counting, and telling a table that somebody dropped from a database that cannot be read. */
public final class Tables {
    private Tables() {}

    /**
     * The result of a query, or {@code otherwise} if it fails and one of its tables is missing. Another failure is passed on.
     */
    public static <T> T orIfMissing(Handle handle, T otherwise, Supplier<T> query, String... tables) {
        try {
            return query.get();
        } catch (JdbiException e) {
            for (String table : tables) {
                if (isMissing(handle, table)) {
                    return otherwise;
                }
            }
            throw e;
        }
    }

    /** The number that a counting statement yields. */
    public static long number(Handle handle, String sql, Object... values) {
        return handle.select(sql, values).mapTo(Long.class).one();
    }

    private static boolean isMissing(Handle handle, String table) {
        return handle.select("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table)
                .mapTo(Integer.class)
                .findFirst()
                .isEmpty();
    }
}
