package dev.agenttower.bench.tmux;

import dev.agenttower.core.container.Subscription;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The beat that all watches share, so that an idle machine is woken once for all of them: one thread, {@code bench-ticks}, which lives
 * while there is a watch.
 *
 * <p>Thread-safe.
 */
public final class Ticks implements AutoCloseable {
    /** Between two looks; panes must be noticed within three seconds. */
    static final Duration PERIOD = Duration.ofSeconds(2);

    private final Set<Beat> beats = ConcurrentHashMap.newKeySet();
    private final Duration period;
    private @Nullable ScheduledThreadPoolExecutor thread;
    private int count;
    private boolean closed;

    /** Creates the beat; its thread starts with the first watch. */
    public Ticks() {
        this(PERIOD);
    }

    Ticks(Duration period) {
        this.period = period;
    }

    /** Calls {@code beat}, which must not block, until the subscription is closed. */
    synchronized Subscription subscribe(Beat beat) {
        beats.add(beat);
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
        return () -> unsubscribe(beat);
    }

    private void tick() {
        count++;
        Look look = Look.at(count);
        beats.forEach(beat -> beat.tick(look));
    }

    private synchronized void unsubscribe(Beat beat) {
        beats.remove(beat);
        if (beats.isEmpty()) {
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

    /** Someone who looks at every tick. */
    @FunctionalInterface
    interface Beat {
        /** Time to look. */
        void tick(Look look);
    }
}
