package dev.agenttower.bench.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one watch: it repeats an attempt, waits in between, and holds the connection to close in order to wake it.
 *
 * <p>Thread-safe.
 */
public final class WatchThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchThread.class);
    private static final Duration PAUSE_AFTER_MISTAKE = Duration.ofSeconds(5);

    private final Thread thread;
    private @Nullable AutoCloseable open;
    private boolean closed;

    /** Creates the thread; it repeats {@code attempt} until this is closed. */
    public WatchThread(String name, Attempt attempt) {
        thread = new Thread(() -> repeat(attempt), name);
        thread.setDaemon(true);
    }

    /** Starts the thread. */
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
            // the outermost loop: a bug in one attempt or in a listener must not end the watch
            if (!isClosed()) {
                LOG.error("{} failed and is tried again", thread.getName(), unexpected);
            }
            return PAUSE_AFTER_MISTAKE;
        }
    }

    /**
     * Registers {@code connection} to be closed by {@link #close}, in place of the previous one.
     *
     * @return false if this is closed; {@code connection} is then closed too
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

    /** Whether the watch has ended. */
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
            // this thread is interrupted only to end it
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

    // the connection is no longer used
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
        /** Watches until the connection ends, and returns the delay before the next attempt. */
        Duration run(WatchThread watch);
    }
}
