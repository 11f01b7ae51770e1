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
        // As a URI, because a plain name ends at its first question mark.
        this.url = "jdbc:sqlite:file:" + database.toUri().getRawPath();
    }

    /** A connection in auto-commit mode that checks no foreign keys: other programs store rows that break them. */
    public Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(busyTimeoutMillis);
        config.enforceForeignKeys(false);
        config.setGetGeneratedKeys(false); // the driver would ask for them after each write
        config.setOpenMode(SQLiteOpenMode.OPEN_URI);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return config.createConnection(url);
    }

    /** The files that the connections are to. */
    public DatabaseFiles files() {
        return files;
    }

    /** How long a caller waits for a lock that somebody else holds, in milliseconds. */
    public int busyTimeoutMillis() {
        return busyTimeoutMillis;
    }
}
