package dev.agenttower.unix.connection;

import dev.agenttower.unix.connection.ConnectionState.Phase;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the events of waiting connections, with few threads for all: ten times a second, and when it is told to. Thread-safe. */
final class Waiters {
    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);
    private static final int THREADS = 2;
    private static final long PERIOD_MILLIS = 100;

    private final int most;
    private final LongSupplier ticker;
    private final Consumer<Connection> onCome;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isWoken = new AtomicBoolean();
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
        // After the end there is nothing to poll for.
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
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
        Entry entry =
                new Entry(connection, wait, ticker.getAsLong() + wait.patience().toNanos());
        entries.add(entry);
        schedule(entry);
    }

    /** Polls all connections soon, because an event may have occurred. */
    void wake() {
        if (!entries.isEmpty() && !isClosed && isWoken.compareAndSet(false, true)) {
            executor.execute(() -> {
                isWoken.set(false);
                entries.forEach(this::isOver);
            });
        }
    }

    private void schedule(Entry entry) {
        if (!isClosed) {
            var unused = executor.schedule(() -> poll(entry), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void poll(Entry entry) {
        if (!isOver(entry)) {
            schedule(entry);
        }
    }

    /** Whether a wait is over; reports it then, once. */
    private boolean isOver(Entry entry) {
        boolean isOver = entry.connection.phase() != Phase.WAITING || ticker.getAsLong() - entry.end >= 0;
        try {
            isOver = isOver || entry.wait.hasCome().getAsBoolean();
        } catch (RuntimeException | Error e) { // the work will fail in the same way, and its failure becomes an answer
            LOG.debug("looking for what a client waits for: {}", e.toString());
            isOver = true;
        }
        if (isOver && entries.remove(entry)) {
            waiting.decrementAndGet();
            onCome.accept(entry.connection);
        }
        return isOver;
    }

    /** Stops polling; waiting connections are not reported. */
    void close() {
        isClosed = true;
        executor.shutdownNow();
    }

    /** A wait; each is another one. */
    private static final class Entry {
        private final Connection connection;
        private final Next.Wait wait;
        private final long end;

        Entry(Connection connection, Next.Wait wait, long end) {
            this.connection = connection;
            this.wait = wait;
            this.end = end;
        }
    }
}
