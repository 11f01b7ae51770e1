package dev.agenttower.sqlite.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its caches. Not thread-safe; {@link Readers} and {@link Writer} pass it to one thread at a time.
 *
 * <p>Transactions are started and ended by SQL, in auto-commit mode, because the driver's own {@code commit()} starts the next transaction
 * at once, which holds an unwanted lock, or fails after the work is done.
 */
final class Session implements Snapshot, AutoCloseable {
    private static final int REMEMBERED_LIMIT = 64;

    private final Handle handle;
    private final StatementCache statements = new StatementCache();
    private final Map<Object, Object> remembered = new LinkedHashMap<>();
    private @Nullable PreparedStatement dataVersion;
    private long rememberedVersion = -1;
    private boolean versionIsKnown;

    Session(Connections connections) {
        Jdbi jdbi = Jdbi.create(connections::open);
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
        this.handle = jdbi.open();
        handle.setStatementBuilder(statements);
    }

    /** A read-only connection. */
    static Session forReading(Connections connections) {
        Session session = new Session(connections);
        try {
            session.handle.execute("PRAGMA query_only = ON");
            return session;
        } catch (JdbiException e) {
            session.close();
            throw e;
        }
    }

    /** Runs {@code work} between {@code begin} and the end of the transaction; any exception rolls back and is passed on. */
    <T> T transaction(String begin, Function<Session, T> work) {
        begin(begin);
        try {
            T result = work.apply(this);
            handle.execute("COMMIT");
            return result;
        } catch (RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
    }

    private void begin(String begin) {
        try {
            handle.execute(begin);
            versionIsKnown = false;
        } catch (RuntimeException e) {
            forgetStatements(e);
            throw e;
        }
    }

    private void rollBack(Throwable failure) {
        forgetStatements(failure);
        try {
            handle.execute("ROLLBACK");
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void forgetStatements(Throwable failure) {
        try {
            statements.clear();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public Handle handle() {
        return handle;
    }

    @Override
    public <T> T remembered(Object key, Function<Handle, T> query, Class<T> type) {
        forgetWhatIsOutdated();
        Object known = remembered.remove(key);
        T value = known != null ? type.cast(known) : query.apply(handle);
        remembered.put(key, value);
        if (remembered.size() > REMEMBERED_LIMIT) {
            remembered.remove(remembered.keySet().iterator().next());
        }
        return value;
    }

    /** What is remembered, if no other connection has written since; null otherwise. Outside of transactions. */
    <T> @Nullable T known(Object key, Class<T> type) {
        versionIsKnown = false;
        forgetWhatIsOutdated();
        return type.cast(remembered.get(key));
    }

    private void forgetWhatIsOutdated() {
        if (versionIsKnown) {
            return;
        }
        long version = version();
        if (version != rememberedVersion) {
            remembered.clear();
            rememberedVersion = version;
        }
        versionIsKnown = true;
    }

    // Without Jdbi, whose statement takes longer than all else of a read of what is remembered.
    private long version() {
        try {
            if (dataVersion == null) {
                dataVersion = handle.getConnection().prepareStatement("PRAGMA data_version");
            }
            try (ResultSet row = dataVersion.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
