package dev.agenttower.sqlite.database;

import dev.agenttower.core.failure.StorageBusyException;
import dev.agenttower.core.failure.StorageException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * At most {@value #LIMIT} reading connections, opened as they are needed. A reader that finds none waits its turn, five seconds at most.
 *
 * <p>The connection that was used last is used next, because it remembers most. One that failed is closed, so that a new one sees what
 * became of the file. When the database's files were taken away, none is opened any more, and readers share those that are open. Thread-safe.
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
        long millis = connections.busyTimeoutMillis();
        if (!acquire(millis)) {
            throw new StorageBusyException(
                    "cannot read the database: all connections are in use", new TimeoutException(millis + " ms"));
        }
        return readWithPermit(work);
    }

    /** As {@link #read}, but gives null at once where all connections are in use. */
    public <T> @Nullable T readUnlessBusy(Function<Snapshot, T> work) {
        return permits.tryAcquire() ? readWithPermit(work) : null;
    }

    private <T> T readWithPermit(Function<Snapshot, T> work) {
        try {
            Session session = take();
            boolean sound = false;
            try {
                T result = session.transaction("BEGIN", work::apply);
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
            // One that is opened later must not read other files than those before it.
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

    /** The next connection that is given back; {@code reason} says why none can be opened and is thrown where none is open. */
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

    /** Closes the connections; one in use is closed when its reader is done. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(Session::close);
        idle.clear();
        notifyAll();
    }
}
