package dev.agenttower.sqlite.database;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the prepared statements of one connection for the next use, the least recently used of more than {@value #LIMIT} closed.
 *
 * <p>Not thread-safe, as a connection is used by one thread at a time. The statements are closed with their connection.
 */
final class StatementCache implements StatementBuilder {
    private static final int LIMIT = 128;

    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();
    private final IdentityHashMap<Statement, String> inUse = new IdentityHashMap<>();

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return connection.createStatement();
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        @Nullable PreparedStatement known = idle.remove(sql);
        PreparedStatement statement = known != null ? known : connection.prepareStatement(sql);
        inUse.put(statement, sql);
        return statement;
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context) {
        throw new UnsupportedOperationException("SQLite has no procedures");
    }

    /** Keeps the statement by the SQL that it was made of; Jdbi tells the one before its names became question marks. */
    @Override
    public void close(Connection connection, @Nullable String named, Statement statement) throws SQLException {
        @Nullable String sql = inUse.remove(statement);
        if (sql == null || !(statement instanceof PreparedStatement prepared)) {
            statement.close();
            return;
        }
        prepared.clearBatch();
        @Nullable PreparedStatement twin = idle.put(sql, prepared);
        if (twin != null) {
            twin.close();
        }
        if (idle.size() > LIMIT) {
            var eldest = idle.values().iterator();
            eldest.next().close();
            eldest.remove();
        }
    }

    /** Closes all statements: SQLite's driver makes one that has failed unusable. */
    void clear() throws SQLException {
        for (PreparedStatement statement : idle.values()) {
            statement.close();
        }
        idle.clear();
    }
}
