package dev.agenttower.sqlite.database;

import dev.agenttower.core.failure.StorageBusyException;
import dev.agenttower.core.failure.StorageException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * At most {@value #LIMIT} reading connections, opened on demand. A reader waits for a free one, at most five seconds.
 *
 * <p>The most recently used connection is used next, because it has the best cache. A failed connection is closed, so that a new one sees
 * the current file. If the database's files were removed, no more connections are opened, and readers share the open ones. Thread-safe.
 */
public final class Readers implements AutoCloseable {
    private static final int LIMIT = 4;

    private final Connections connections;
    private final Semaphore permits = new Semaphore(LIMIT, true);
    private final Deque<Session> idle = new ArrayDeque<>(LIMIT);
    private int open;
    private boolean closed;

    public Readers(Connections connections) {
        this.connections = connections;
    }

    /**
     * Reads from one state of the database.
     *
     * @throws StorageException if the database cannot be read
     */
    public <T> T read(Function<Snapshot, T> work) {
        requirePermit();
        return withPermit(session -> session.transaction("BEGIN", work::apply));
    }

    /**
     * {@link Snapshot#remembered} alone, which needs no transaction as long as nobody has written.
     *
     * @throws StorageException if the database cannot be read
     */
    public <T> T remembered(Object key, Function<Handle, T> query, Class<T> type) {
        requirePermit();
        return withPermit(remembering(key, query, type));
    }

    /** Like {@link #remembered}, but returns null at once if all connections are in use. */
    public <T> @Nullable T rememberedUnlessBusy(Object key, Function<Handle, T> query, Class<T> type) {
        return permits.tryAcquire() ? withPermit(remembering(key, query, type)) : null;
    }

    private static <T> Function<Session, T> remembering(Object key, Function<Handle, T> query, Class<T> type) {
        return session -> {
            @Nullable T known = session.known(key, type);
            return known != null
                    ? known
                    : session.transaction("BEGIN", snapshot -> snapshot.remembered(key, query, type));
        };
    }

    private void requirePermit() {
        long millis = connections.busyTimeoutMillis();
        if (!acquire(millis)) {
            throw new StorageBusyException(
                    "cannot read the database: all connections are in use", new TimeoutException(millis + " ms"));
        }
    }

    private <T> T withPermit(Function<Session, T> work) {
        try {
            Session session = take();
            boolean sound = false;
            try {
                T result = work.apply(session);
                sound = true;
                return result;
            } finally {
                giveBack(session, sound);
            }
        } catch (JdbiException e) {
            throw StorageFailures.of("read the database", e);
        } finally {
            permits.release();
        }
    }

    private boolean acquire(long millis) {
        try {
            return permits.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("cannot read the database: interrupted", e);
        }
    }

    private Session take() {
        synchronized (this) {
            if (closed) {
                throw new StorageException(
                        "cannot read the database: it is closed", new IllegalStateException("closed"));
            }
            @Nullable Session known = idle.pollFirst();
            if (known != null) {
                return known;
            }
        }
        try {
            // A later connection must not read other files than the earlier ones.
            connections.files().requireKnown();
        } catch (StorageException e) {
            return awaitIdle(e);
        }
        Session session = Session.forReading(connections);
        synchronized (this) {
            open++;
        }
        return session;
    }

    /** Waits for a free connection; throws {@code reason}, why none can be opened, if none is open. */
    private synchronized Session awaitIdle(StorageException reason) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(connections.busyTimeoutMillis());
        while (idle.isEmpty()) {
            long nanos = deadline - System.nanoTime();
            if (open == 0 || closed || nanos <= 0) {
                throw reason;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw reason;
            }
        }
        return idle.removeFirst();
    }

    private synchronized void giveBack(Session session, boolean sound) {
        if (sound && !closed) {
            idle.addFirst(session);
        } else {
            session.close();
            open--;
        }
        notifyAll();
    }

    /** Closes the connections; one in use is closed when its reader finishes. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(Session::close);
        idle.clear();
        notifyAll();
    }
}
