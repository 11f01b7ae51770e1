package dev.agenttower.bench.tmux;

import dev.agenttower.core.container.Subscription;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A timer that all watches share, so that an idle machine wakes once for all of them. Its one thread, {@code bench-ticks}, lives while
 * there is a subscription.
 *
 * <p>Thread-safe.
 */
public final class Ticks implements AutoCloseable {
    /** The time between two checks; panes must be detected within three seconds. */
    static final Duration PERIOD = Duration.ofSeconds(2);

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Duration period;
    private @Nullable ScheduledThreadPoolExecutor thread;
    private int count;
    private boolean closed;

    /** Creates the timer; its thread starts with the first subscription. */
    public Ticks() {
        this(PERIOD);
    }

    Ticks(Duration period) {
        this.period = period;
    }

    /** Calls {@code listener}, which must not block, until the subscription is closed. */
    synchronized Subscription subscribe(Listener listener) {
        listeners.add(listener);
        if (thread == null && !closed) {
            var executor = new ScheduledThreadPoolExecutor(1, task -> {
                Thread created = new Thread(task, "bench-ticks");
                created.setDaemon(true);
                return created;
            });
            var unused =
                    executor.scheduleAtFixedRate(this::tick, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
            thread = executor;
        }
        return () -> unsubscribe(listener);
    }

    private void tick() {
        count++;
        Look look = Look.at(count);
        listeners.forEach(listener -> listener.tick(look));
    }

    private synchronized void unsubscribe(Listener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty()) {
            stop();
        }
    }

    private void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }

    /** A subscriber that checks at every tick. */
    @FunctionalInterface
    interface Listener {
        /** Starts a check at the given level of detail. */
        void tick(Look look);
    }
}
