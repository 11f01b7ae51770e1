package dev.agenttower.sqlite.database;

import dev.agenttower.core.failure.StorageBusyException;
import dev.agenttower.core.failure.StorageException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The only writing connection. Writers of this process queue in order of arrival; SQLite waits for other processes.
 *
 * <p>Thread-safe. A nested write is a bug.
 */
public final class Writer implements AutoCloseable {
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Connections connections;
    private final Session session;
    private final DatabaseFiles files;
    private @Nullable Unsynced unsynced;
    private final long waitMillis;
    private boolean closed;

    public Writer(Connections connections) {
        this.connections = connections;
        this.session = new Session(connections);
        this.files = connections.files();
        this.waitMillis = connections.busyTimeoutMillis();
    }

    /**
     * Runs {@code work} in one transaction that holds the write lock from its start.
     *
     * @throws StorageBusyException if another writer does not finish within five seconds
     * @throws StorageException if the database cannot be written
     */
    public <T> T write(Function<Handle, T> work) {
        return inTurn(() -> session.transaction("BEGIN IMMEDIATE", open -> {
            T done = work.apply(open.handle());
            files.requireAll();
            return done;
        }));
    }

    /**
     * Executes one statement as a transaction without waiting for the disk: the write survives the process but not a power failure.
     *
     * @throws StorageBusyException if another writer does not finish within five seconds
     * @throws StorageException if the database cannot be written
     */
    public void executeUnsynced(String sql, @Nullable Object... values) {
        inTurn(() -> {
            try {
                if (unsynced == null) {
                    unsynced = new Unsynced(connections);
                }
                unsynced.execute(sql, values);
                return Boolean.TRUE;
            } catch (SQLException e) {
                throw StorageFailures.of("write the database", e);
            }
        });
    }

    private <T> T inTurn(Supplier<T> write) {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("a write inside a write");
        }
        await();
        try {
            if (closed) {
                throw new StorageException(
                        "cannot write the database: it is closed", new IllegalStateException("closed"));
            }
            T result = write.get();
            // After the write, because the files may be replaced until then.
            files.requireAll();
            return result;
        } catch (JdbiException e) {
            throw StorageFailures.of("write the database", e);
        } finally {
            turn.unlock();
        }
    }

    private void await() {
        try {
            if (!turn.tryLock(waitMillis, TimeUnit.MILLISECONDS)) {
                throw new StorageBusyException(
                        "cannot write the database: another thread is writing",
                        new TimeoutException(waitMillis + " ms"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("cannot write the database: interrupted", e);
        }
    }

    /** Waits for the write in progress and closes the connection. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
                if (unsynced != null) {
                    unsynced.close();
                }
            }
        } catch (SQLException e) {
            throw StorageFailures.of("close the database", e);
        } finally {
            turn.unlock();
        }
    }
}
