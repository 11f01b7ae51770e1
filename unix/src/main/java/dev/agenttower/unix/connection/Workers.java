package dev.agenttower.unix.connection;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of one lane. They end when they have had nothing to do for a while. Thread-safe. */
final class Workers {
    private static final long SPARE_SECONDS = 30;

    private final ThreadPoolExecutor pool;
    private final Semaphore lingering;

    Workers(int most, int queue, ThreadFactory threads) {
        pool = new ThreadPoolExecutor(
                most, most, SPARE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), threads);
        pool.allowCoreThreadTimeOut(true);
        lingering = new Semaphore(most / 2);
    }

    /** Hands over work; false if as much waits as may. */
    boolean offer(Turn turn) {
        try {
            pool.execute(turn);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    boolean isAnyoneWaiting() {
        return !pool.getQueue().isEmpty();
    }

    /** Forgets those whose turn will never come, because they were told so. */
    void forgetRefused() {
        pool.getQueue().removeIf(work -> work instanceof Turn turn && !turn.isQueued());
    }

    /** Whether a worker may wait a moment for the next request of the connection that it has; if so, {@link #lingered()} must follow. */
    boolean mayLinger() {
        return !isAnyoneWaiting() && lingering.tryAcquire();
    }

    void lingered() {
        lingering.release();
    }

    /** Interrupts the workers and waits a moment for their end; false if some go on. */
    boolean close(Duration patience) throws InterruptedException {
        pool.shutdownNow();
        return pool.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A connection that waits for a worker, and what is to be done. */
    record Turn(Connection connection, Runnable work) implements Runnable {
        boolean isQueued() {
            return connection.phase() == Connection.Phase.QUEUED;
        }

        @Override
        public void run() {
            if (connection.move(Connection.Phase.QUEUED, Connection.Phase.WORKING)) {
                work.run();
            }
        }
    }
}
