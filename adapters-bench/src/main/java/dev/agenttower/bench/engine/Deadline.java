package dev.agenttower.bench.engine;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A moment by which blocking work has to end. The transport ignores time limits on Unix sockets, but an interrupt closes the channel that
 * a thread is blocked on: work that runs {@link #within} the deadline is interrupted when it passes.
 *
 * <p>Several threads may work within one deadline.
 */
public final class Deadline {
    private final Deadlines deadlines;
    private final Duration limit;
    private final long end;

    Deadline(Deadlines deadlines, Duration limit) {
        this.deadlines = deadlines;
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** How long it was from the beginning. */
    public Duration limit() {
        return limit;
    }

    /** How long it is from now; zero or less once it has passed. */
    public long remainingNanos() {
        return end - System.nanoTime();
    }

    /** Whether it is over. */
    public boolean hasPassed() {
        return remainingNanos() <= 0;
    }

    /**
     * Runs {@code work} on this thread.
     *
     * @throws DeadlinePassedException if the deadline passed before or during the work; whatever the work threw is its cause
     */
    public <T> T within(Supplier<T> work) {
        if (hasPassed()) {
            throw new DeadlinePassedException(null);
        }
        var interruption = new Interruption(Thread.currentThread());
        Runnable cancel = deadlines.schedule(interruption::strike, remainingNanos());
        @Nullable RuntimeException failure = null;
        try {
            T result = work.get();
            if (!interruption.isOver()) {
                return result;
            }
        } catch (RuntimeException thrown) {
            if (!interruption.isOver()) {
                throw thrown;
            }
            failure = thrown;
        } finally {
            cancel.run();
            interruption.end();
        }
        throw new DeadlinePassedException(failure);
    }

    /** Runs {@code strike} when the deadline passes, unless the returned handle is run before. */
    public Runnable whenPassed(Runnable strike) {
        return deadlines.schedule(strike, Math.max(0, remainingNanos()));
    }

    /** The interrupt of one thread, which must not outlast the work it is meant for. */
    private static final class Interruption {
        private final Thread thread;
        private boolean ended;
        private boolean struck;

        Interruption(Thread thread) {
            this.thread = thread;
        }

        synchronized void strike() {
            if (!ended) {
                struck = true;
                thread.interrupt();
            }
        }

        synchronized boolean isOver() {
            return struck;
        }

        synchronized void end() {
            ended = true;
            if (struck) {
                // takes back the watchdog's own interrupt; it is not for the caller
                Thread.interrupted();
            }
        }
    }
}
