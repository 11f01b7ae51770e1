package dev.agenttower.bench.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a watch: it repeats an attempt, waits in between, and holds what has to be closed to wake it.
 *
 * <p>Thread-safe.
 */
public final class WatchThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchThread.class);
    private static final Duration PAUSE_AFTER_MISTAKE = Duration.ofSeconds(5);

    private final Thread thread;
    private @Nullable AutoCloseable open;
    private boolean closed;

    /** Prepares the thread; {@code attempt} is repeated until this is closed. */
    public WatchThread(String name, Attempt attempt) {
        thread = new Thread(() -> repeat(attempt), name);
        thread.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    private void repeat(Attempt attempt) {
        while (!isClosed()) {
            pause(tryOnce(attempt));
        }
    }

    private Duration tryOnce(Attempt attempt) {
        try {
            return attempt.run(this);
        } catch (RuntimeException unexpected) {
            // the outermost loop: a mistake in one look, or in who listens, must not end the watch for good
            if (!isClosed()) {
                LOG.error("{} failed and is tried again", thread.getName(), unexpected);
            }
            return PAUSE_AFTER_MISTAKE;
        }
    }

    /**
     * Holds {@code connection} for {@link #close}, in place of the one before.
     *
     * @return false if the watch is over; {@code connection} is closed then
     */
    public boolean hold(AutoCloseable connection) {
        synchronized (this) {
            if (!closed) {
                open = connection;
                return true;
            }
        }
        closeQuietly(connection);
        return false;
    }

    /** Whether the watch is over. */
    public synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void pause(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            // nothing interrupts this thread but its end
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        AutoCloseable connection;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            connection = open;
            open = null;
            notifyAll();
        }
        if (connection != null) {
            closeQuietly(connection);
        }
    }

    // what is closed here is a connection that nobody waits for any more
    private static void closeQuietly(AutoCloseable connection) {
        try {
            connection.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception ignored) {
            return;
        }
    }

    /** One attempt to watch: connects and stays until the connection ends. */
    @FunctionalInterface
    public interface Attempt {
        /** Watches for as long as it goes, and tells how long to wait before the next attempt. */
        Duration run(WatchThread watch);
    }
}
