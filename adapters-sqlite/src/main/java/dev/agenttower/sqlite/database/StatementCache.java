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
 * Caches the prepared statements of one connection; beyond {@value #LIMIT}, closes the least recently used.
 *
 * <p>Not thread-safe, like its connection. The statements are closed with the connection.
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

    /** Caches the statement by the SQL that it was prepared from; Jdbi's context has the SQL before its names became question marks. */
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

    /** Closes all statements, because SQLite's driver makes a failed one unusable. */
    void clear() throws SQLException {
        for (PreparedStatement statement : idle.values()) {
            statement.close();
        }
        idle.clear();
    }
}
