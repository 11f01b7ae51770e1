package dev.agenttower.daemon.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The life cycle of a daemon: passes through its states once and in order, and closes its parts in reverse order.
 *
 * <p>{@link #requestStop}, {@link #state} and {@link #beingClosed} may be called from any thread at any time; everything else is for one
 * thread.
 */
public final class Lifecycle implements AutoCloseable {
    /** The states, in order. */
    enum State {
        /** Parts are being built. */
        STARTING,
        /** Requests are answered. */
        RUNNING,
        /** Parts are being closed. */
        STOPPING,
        /** Everything is closed. */
        STOPPED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);
    private final CompletableFuture<StopTrigger> stop = new CompletableFuture<>();
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private volatile @Nullable AutoCloseable beingClosed;

    State state() {
        return requireNonNull(state.get());
    }

    /** Registers a part, to be closed before all earlier ones. */
    public <T extends AutoCloseable> T own(T part) {
        if (state.get() != State.STARTING) {
            throw new IllegalStateException("a part is added while " + state.get());
        }
        owned.push(part);
        return part;
    }

    /** Called when all parts are built. */
    public void started() {
        if (!state.compareAndSet(State.STARTING, State.RUNNING)) {
            throw new IllegalStateException("started while " + state.get());
        }
    }

    /** Requests a stop; only the first request counts and returns true. A request during the start is kept. */
    public boolean requestStop(StopTrigger trigger) {
        return stop.complete(trigger);
    }

    /** Waits for a stop request. */
    public StopTrigger awaitStop() {
        return stop.join();
    }

    /** The part that is being closed; null if there is none. */
    @Nullable AutoCloseable beingClosed() {
        return beingClosed;
    }

    /**
     * Closes every part, even if some fail.
     *
     * @throws IllegalStateException if one failed; further failures are suppressed
     */
    @Override
    public void close() {
        if (!state.compareAndSet(State.RUNNING, State.STOPPING)
                && !state.compareAndSet(State.STARTING, State.STOPPING)) {
            return;
        }
        @Nullable IllegalStateException failure = null;
        while (!owned.isEmpty()) {
            AutoCloseable part = owned.pop();
            beingClosed = part;
            try {
                part.close();
            } catch (Exception e) { // the remaining parts must be closed in any case
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (failure == null) {
                    failure = new IllegalStateException(part + " could not be closed", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        beingClosed = null;
        state.set(State.STOPPED);
        if (failure != null) {
            throw failure;
        }
    }
}
