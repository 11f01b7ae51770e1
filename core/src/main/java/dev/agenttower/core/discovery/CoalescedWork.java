package dev.agenttower.core.discovery;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that is asked for more often than it has to be done. Wishes that come while it waits are met by the run it waits for; wishes that
 * come while it runs are met by one more run. A run that does not succeed is repeated after a delay that doubles up to a limit.
 *
 * <p>It runs on the executor, never in two threads at once. Thread-safe.
 */
final class CoalescedWork implements AutoCloseable {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LAST_RETRY = Duration.ofMinutes(5);

    private final ScheduledExecutorService executor;
    private final BooleanSupplier work;
    private @Nullable Future<?> waiting;
    private boolean waitingToRetry;
    private boolean running;
    private @Nullable Duration wishWhileRunning;
    private Duration retry = FIRST_RETRY;
    private boolean closed;

    /**
     * Wraps work.
     *
     * @param work returns whether it needs no repetition
     */
    CoalescedWork(ScheduledExecutorService executor, BooleanSupplier work) {
        this.executor = executor;
        this.work = work;
    }

    /** Asks for a run that begins after the delay; if one is waited for that is no repetition, that one will do. */
    synchronized void request(Duration delay) {
        if (closed) {
            return;
        }
        if (running) {
            wishWhileRunning = delay;
        } else if (waiting == null) {
            schedule(delay, false);
        } else if (waitingToRetry) {
            waiting.cancel(false);
            schedule(delay, false);
        }
    }

    /** Begins no run any more. A run under way ends by itself. */
    @Override
    public synchronized void close() {
        closed = true;
        if (waiting != null) {
            waiting.cancel(false);
            waiting = null;
        }
    }

    private void run() {
        if (!begin()) {
            return;
        }
        boolean done = false;
        try {
            done = work.getAsBoolean();
        } catch (RuntimeException bug) {
            // The outermost frame of this work: the fault must be seen, and must not be the end of all further runs.
            show(bug);
        } finally {
            end(done);
        }
    }

    /** Hands a fault to whoever watches over the thread, without ending the thread. */
    static void show(RuntimeException bug) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
    }

    private synchronized boolean begin() {
        waiting = null;
        running = !closed;
        return running;
    }

    private synchronized void end(boolean done) {
        running = false;
        Duration wish = wishWhileRunning;
        wishWhileRunning = null;
        Duration delay = retry;
        retry = done ? FIRST_RETRY : shorter(retry.multipliedBy(2), LAST_RETRY);
        if (closed) {
            return;
        }
        if (wish != null) {
            schedule(wish, false);
        } else if (!done) {
            schedule(delay, true);
        }
    }

    private void schedule(Duration delay, boolean isRetry) {
        try {
            waiting = executor.schedule(this::run, delay.toNanos(), TimeUnit.NANOSECONDS);
            waitingToRetry = isRetry;
        } catch (RejectedExecutionException stopped) {
            // The owner of the executor has stopped it: nothing will ever run again.
            closed = true;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
