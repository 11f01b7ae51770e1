package dev.agenttower.bench.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The watchdog behind every deadline of this adapter: one thread, {@code bench-deadlines}, that is asleep unless a deadline passes.
 */
public final class Deadlines implements AutoCloseable {
    private final ScheduledThreadPoolExecutor watchdog;

    /** Creates the watchdog; its thread starts with the first deadline. */
    public Deadlines() {
        watchdog = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "bench-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /** A deadline that begins now. */
    public Deadline in(Duration limit) {
        return new Deadline(this, limit);
    }

    /** Runs {@code action} after {@code nanos}, unless the returned handle is closed before. */
    Runnable schedule(Runnable action, long nanos) {
        var task = watchdog.schedule(action, nanos, TimeUnit.NANOSECONDS);
        return () -> task.cancel(false);
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
    }
}
