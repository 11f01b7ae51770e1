package dev.agenttower.sqlite.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to one database file, which must exist. */
public final class Connections {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private final String url;
    private final DatabaseFiles files;
    private final int busyTimeoutMillis;

    public Connections(Path database) {
        this(database, BUSY_TIMEOUT_MILLIS);
    }

    public Connections(Path database, int busyTimeoutMillis) {
        this.busyTimeoutMillis = busyTimeoutMillis;
        this.files = new DatabaseFiles(database);
        // As a URI, because the driver cuts a plain name at its first question mark.
        this.url = "jdbc:sqlite:file:" + database.toUri().getRawPath();
    }

    /** A connection in auto-commit mode without foreign key checks: other programs store rows that violate them. */
    public Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(busyTimeoutMillis);
        config.enforceForeignKeys(false);
        config.setGetGeneratedKeys(false); // otherwise the driver queries them after each write
        config.setOpenMode(SQLiteOpenMode.OPEN_URI);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return config.createConnection(url);
    }

    /** The files of the database. */
    public DatabaseFiles files() {
        return files;
    }

    /** The maximum wait for a lock of another connection, in milliseconds. */
    public int busyTimeoutMillis() {
        return busyTimeoutMillis;
    }
}
