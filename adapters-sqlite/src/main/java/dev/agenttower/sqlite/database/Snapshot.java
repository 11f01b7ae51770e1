package dev.agenttower.sqlite.database;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** One consistent state of the database, for the time of a read. */
public interface Snapshot {
    /** The handle for queries. */
    Handle handle();

    /**
     * The result of a query, computed again only after another connection, of any process, has written: SQLite counts the commits of all
     * other connections ({@code PRAGMA data_version}), and a reading connection makes none.
     *
     * @param key a value that identifies the query
     */
    <T> T remembered(Object key, Function<Handle, T> query, Class<T> type);
}
