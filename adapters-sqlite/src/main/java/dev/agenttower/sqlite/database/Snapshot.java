package dev.agenttower.sqlite.database;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** One consistent state of the database, for the time of a read. */
public interface Snapshot {
    /** Where to ask. */
    Handle handle();

    /**
     * The result of a query, computed anew only if the database was written since this connection computed it, by whatever process: SQLite
     * counts the commits of all other connections ({@code PRAGMA data_version}), and a reading connection has none of its own.
     *
     * @param key what tells this query from others, a value
     */
    <T> T remembered(Object key, Function<Handle, T> query, Class<T> type);
}
