package dev.agenttower.core.governance;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much of the heap large things of one kind may take at a time. Who wants more waits a while, if few do, and else is told that the daemon is busy.
 * What is small is not counted. Thread-safe.
 *
 * <p>It is asked before any lock is waited for, so that who needs little finds a thread at any time.
 *
 * <p>Who needs of several budgets takes of them in their order here, so that nobody waits for another in a circle.
 */
public final class HeapBudget {
    /** Bodies of requests, and what is made of them. */
    public static final HeapBudget BODIES = new HeapBudget(30 << 20);
    /** Change requests out of their queue. */
    public static final HeapBudget CHANGES = new HeapBudget(24 << 20);
    /** Files that are patched, merged or compared. */
    public static final HeapBudget FILES = new HeapBudget(28 << 20);

    private static final int SMALL = 512 << 10;
    private static final int UNIT = 1 << 10;
    private static final int MOST_WAITING = 4;
    private static final long PATIENCE_SECONDS = 5;
    private static final ThreadLocal<@Nullable Scope> SCOPE = new ThreadLocal<>();

    private final int units;
    private final Semaphore free;

    private HeapBudget(int bytes) {
        this.units = bytes / UNIT;
        this.free = new Semaphore(units, true);
    }

    /**
     * Takes so much of it; all of it, if that is less.
     *
     * @throws RefusedException BUSY, if others have it for too long, or some wait for it already
     */
    public Claim claim(long bytes) {
        if (bytes <= SMALL) {
            return new Claim(free, 0);
        }
        int wanted = (int) Math.min(units, bytes / UNIT);
        try {
            if (free.getQueueLength() < MOST_WAITING && free.tryAcquire(wanted, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new Claim(free, wanted);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RefusedException(
                ErrorCode.BUSY, "The daemon is busy with other large requests; try again in a moment");
    }

    /**
     * Takes so much of it for the rest of what this thread does in its {@link Scope}; nothing where there is none.
     *
     * @throws RefusedException BUSY, as {@link #claim}
     */
    public void claimInScope(long bytes) {
        Scope scope = SCOPE.get();
        if (scope != null && !scope.claims.containsKey(this)) {
            scope.claims.put(this, claim(bytes));
        }
    }

    /** What this thread does until it is closed; the claims that it makes meanwhile end with it. Scopes are not nested. */
    public static Scope scope() {
        Scope scope = new Scope();
        SCOPE.set(scope);
        return scope;
    }

    /** A part of a budget that somebody has. Not thread-safe. */
    public static final class Claim implements AutoCloseable {
        private final Semaphore free;
        private int units;

        private Claim(Semaphore free, int units) {
            this.free = free;
            this.units = units;
        }

        @Override
        public void close() {
            free.release(units);
            units = 0;
        }
    }

    /** The work of one thread on one request. */
    public static final class Scope implements AutoCloseable {
        private final Map<HeapBudget, Claim> claims = new HashMap<>();

        private Scope() {}

        @Override
        public void close() {
            SCOPE.remove();
            claims.values().forEach(Claim::close);
        }
    }
}
