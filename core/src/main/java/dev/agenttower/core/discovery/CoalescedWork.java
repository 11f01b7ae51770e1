package dev.agenttower.core.discovery;

import dev.agenttower.core.failure.Faults;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on request and merges requests: those made before a scheduled run begins are served by that run, those made during a run by one
 * further run. A run that fails is repeated after a delay that doubles up to a limit.
 *
 * <p>Runs on the executor, one run at a time. Thread-safe.
 */
public final class CoalescedWork implements AutoCloseable {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LAST_RETRY = Duration.ofMinutes(5);

    private final ScheduledExecutorService executor;
    private final BooleanSupplier work;
    private final Duration lastRetry;
    private @Nullable Future<?> waiting;
    private boolean waitingToRetry;
    private boolean running;
    private @Nullable Duration wishWhileRunning;
    private Duration retry = FIRST_RETRY;
    private boolean closed;

    /**
     * Wraps work.
     *
     * @param work returns true if it succeeded and needs no repetition
     */
    public CoalescedWork(ScheduledExecutorService executor, BooleanSupplier work) {
        this(executor, work, LAST_RETRY);
    }

    /**
     * Wraps work.
     *
     * @param work returns true if it succeeded and needs no repetition
     * @param lastRetry the longest delay before a repetition; five minutes if not given
     */
    public CoalescedWork(ScheduledExecutorService executor, BooleanSupplier work, Duration lastRetry) {
        this.executor = executor;
        this.work = work;
        this.lastRetry = lastRetry;
    }

    /** Requests a run after the delay; does nothing if a run that is not a repetition is already scheduled. */
    public synchronized void request(Duration delay) {
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

    /** Starts no further runs. A current run completes. */
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
            // The outermost frame of this work: a fault must be reported and must not prevent further runs.
            Faults.show(bug);
        } finally {
            end(done);
        }
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
        retry = done ? FIRST_RETRY : shorter(retry.multipliedBy(2), lastRetry);
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
            // The executor is shut down: no run will follow.
            closed = true;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
