package dev.agenttower.unix.connection;

import dev.agenttower.unix.connection.ConnectionState.Phase;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the events of waiting connections, with few threads for all. Thread-safe. */
final class Waiters {
    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);
    private static final int THREADS = 2;
    private static final long PERIOD_MILLIS = 100;

    private final int most;
    private final LongSupplier ticker;
    private final Consumer<Connection> onCome;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledThreadPoolExecutor executor;
    private volatile boolean isClosed;

    /**
     * Without waiting connections at first.
     *
     * @param onCome receives each connection whose wait is over, once; the connection may have ended in the meantime
     */
    Waiters(int most, LongSupplier ticker, ThreadFactory threads, Consumer<Connection> onCome) {
        this.most = most;
        this.ticker = ticker;
        this.onCome = onCome;
        this.executor = new ScheduledThreadPoolExecutor(THREADS, threads);
        executor.setKeepAliveTime(1, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /** Reserves a place for a connection that is about to wait; false if the limit is reached. */
    boolean reserve() {
        if (isClosed || waiting.incrementAndGet() > most) {
            waiting.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Starts polling for a connection with a reserved place. */
    void watch(Connection connection, Next.Wait wait) {
        schedule(connection, wait, ticker.getAsLong() + wait.patience().toNanos());
    }

    private void schedule(Connection connection, Next.Wait wait, long end) {
        if (!isClosed) {
            var unused = executor.schedule(() -> poll(connection, wait, end), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void poll(Connection connection, Next.Wait wait, long end) {
        boolean isOver = connection.phase() != Phase.WAITING || ticker.getAsLong() - end >= 0;
        try {
            isOver = isOver || wait.hasCome().getAsBoolean();
        } catch (RuntimeException | Error e) { // the work will fail in the same way, and its failure becomes an answer
            LOG.debug("looking for what a client waits for: {}", e.toString());
            isOver = true;
        }
        if (isOver) {
            waiting.decrementAndGet();
            onCome.accept(connection);
        } else {
            schedule(connection, wait, end);
        }
    }

    /** Stops polling; waiting connections are not reported. */
    void close() {
        isClosed = true;
        executor.shutdownNow();
    }
}
