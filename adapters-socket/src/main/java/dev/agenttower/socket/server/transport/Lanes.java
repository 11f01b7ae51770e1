package dev.agenttower.socket.server.transport;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The workers: one lane of threads for requests that do not wait and one for those that may, so that the second cannot hold up the first.
 * Threads are named {@code socket-worker-N} and end when they have had nothing to do for a minute. A full queue refuses. Thread-safe.
 */
final class Lanes {
    private static final long SPARE_SECONDS = 60;

    private final ThreadPoolExecutor quick;
    private final ThreadPoolExecutor waiting;

    Lanes(ServerLimits limits) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = work -> new Thread(work, "socket-worker-" + number.incrementAndGet());
        quick = lane(limits.quickThreads(), limits.quickQueue(), threads);
        waiting = lane(limits.waitingThreads(), limits.waitingQueue(), threads);
    }

    private static ThreadPoolExecutor lane(int most, int queued, ThreadFactory threads) {
        ThreadPoolExecutor lane = new ThreadPoolExecutor(
                most, most, SPARE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queued), threads);
        lane.allowCoreThreadTimeOut(true);
        return lane;
    }

    /** Hands work to the lane of {@code pace}, which is not {@link Pace#INSTANT}; false if the lane is full or closed. */
    boolean offer(Pace pace, Runnable work) {
        try {
            (pace == Pace.QUICK ? quick : waiting).execute(work);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /** Interrupts the workers and waits a moment for their end; false if some go on. */
    boolean close(Duration patience) throws InterruptedException {
        quick.shutdownNow();
        waiting.shutdownNow();
        long deadline = System.nanoTime() + patience.toNanos();
        return quick.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                && waiting.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
