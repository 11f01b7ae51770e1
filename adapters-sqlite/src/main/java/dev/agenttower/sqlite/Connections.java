package dev.agenttower.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to one database file, which must exist. */
final class Connections {
    /** How long SQLite waits for a lock that another connection holds, in milliseconds. */
    static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private final String url;

    Connections(Path database) {
        // As a URI, because a plain name ends at its first question mark.
        this.url = "jdbc:sqlite:file:" + database.toUri().getRawPath();
    }

    /** A connection in auto-commit mode that checks no foreign keys: other programs store rows that break them. */
    Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(false);
        config.setOpenMode(SQLiteOpenMode.OPEN_URI);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return config.createConnection(url);
    }
}
