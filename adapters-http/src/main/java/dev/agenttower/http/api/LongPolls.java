package dev.agenttower.http.api;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Lets callers wait for something, eight at a time, because each of them keeps a worker. One more is told at once that nothing has come. The
 * end of the server ends the wait. Thread-safe.
 */
public final class LongPolls implements AutoCloseable {
    private static final int MOST = 8;
    private static final long PERIOD_MILLIS = 100;

    private final LongSupplier ticker;
    private final Semaphore places = new Semaphore(MOST);
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * Nobody waits yet.
     *
     * @param ticker in nanoseconds from any origin
     */
    public LongPolls(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /**
     * Waits until something has come.
     *
     * @param hasCome looks whether it has; ten times a second
     * @return whether it has
     */
    boolean await(Duration patience, BooleanSupplier hasCome) {
        if (!places.tryAcquire()) {
            return false;
        }
        try {
            long deadline = ticker.getAsLong() + patience.toNanos();
            do {
                if (hasCome.getAsBoolean()) {
                    return true;
                }
            } while (ticker.getAsLong() - deadline < 0 && !closing.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            places.release();
        }
    }

    /** Lets nobody wait any longer. */
    @Override
    public void close() {
        closing.countDown();
    }
}
