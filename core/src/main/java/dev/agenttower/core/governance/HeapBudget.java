package dev.agenttower.core.governance;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A bound on the heap used at a time by large objects of one kind. A claim beyond the bound waits for a limited time if few others wait, and is
 * otherwise refused as BUSY. Small objects are not counted. Thread-safe.
 *
 * <p>Claim before acquiring any lock, so that small requests always find a free thread.
 *
 * <p>Claim from several budgets in the order of their declaration here, to avoid deadlocks.
 */
public final class HeapBudget {
    /** Request bodies and the objects parsed from them. */
    public static final HeapBudget BODIES = new HeapBudget(30 << 20);
    /** Change requests loaded from their queue. */
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
     * Claims an amount, at most the whole budget.
     *
     * @throws RefusedException BUSY, if others hold it for too long, or too many wait for it already
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
     * Claims an amount until the current {@link Scope} of this thread is closed; does nothing outside of a scope, or if the scope already has a
     * claim on this budget.
     *
     * @throws RefusedException BUSY, as {@link #claim}
     */
    public void claimInScope(long bytes) {
        Scope scope = SCOPE.get();
        if (scope != null && !scope.claims.containsKey(this)) {
            scope.claims.put(this, claim(bytes));
        }
    }

    /** Opens a scope for this thread; claims made in it end when it is closed. Scopes are not nested. */
    public static Scope scope() {
        Scope scope = new Scope();
        SCOPE.set(scope);
        return scope;
    }

    /** A claimed part of a budget. Not thread-safe. */
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
