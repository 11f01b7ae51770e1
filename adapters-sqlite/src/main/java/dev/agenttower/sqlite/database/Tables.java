package dev.agenttower.sqlite.database;

import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Counts rows, and distinguishes a dropped table from an unreadable database. */
public final class Tables {
    private Tables() {}

    /**
     * The result of a query, or {@code otherwise} if it fails and one of its tables is missing. Other failures are passed on.
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

    /** The result of a counting statement. */
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
