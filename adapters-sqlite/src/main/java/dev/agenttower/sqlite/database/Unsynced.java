package dev.agenttower.sqlite.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose writes survive the process but not a power failure, because they do not wait for the disk. Each statement is its own
 * transaction. Not thread-safe.
 *
 * <p>It does not use Jdbi, which takes three times as long for the one note of each append; docs/performance.md has the figures.
 */
final class Unsynced implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

    Unsynced(Connections connections) throws SQLException {
        this.connection = connections.open();
        try (var pragma = connection.createStatement()) {
            pragma.execute("PRAGMA synchronous = NORMAL");
        }
    }

    void execute(String sql, @Nullable Object... values) throws SQLException {
        @Nullable PreparedStatement statement = statements.remove(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
        }
        boolean isDone = false;
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
            isDone = true;
        } finally {
            if (isDone) {
                statements.put(sql, statement);
            } else {
                statement.close(); // the driver makes a failed statement unusable
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
