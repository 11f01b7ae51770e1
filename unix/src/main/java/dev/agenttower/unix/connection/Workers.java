package dev.agenttower.unix.connection;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of one lane. Idle threads end after a while. Thread-safe. */
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

    /** Queues work; false if the queue is full. */
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

    /** Removes queued work whose connection was refused in the meantime. */
    void forgetRefused() {
        pool.getQueue().removeIf(work -> work instanceof Turn turn && !turn.isQueued());
    }

    /** Whether a worker may briefly wait for the next request of its connection; if so, {@link #lingered()} must follow. */
    boolean mayLinger() {
        return !isAnyoneWaiting() && lingering.tryAcquire();
    }

    void lingered() {
        lingering.release();
    }

    /** Interrupts the workers and waits for their end up to the time limit; false if some still run. */
    boolean close(Duration patience) throws InterruptedException {
        pool.shutdownNow();
        return pool.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A connection that waits for a worker, with its work. */
    record Turn(Connection connection, Runnable work) implements Runnable {
        boolean isQueued() {
            return connection.phase() == ConnectionState.Phase.QUEUED;
        }

        @Override
        public void run() {
            if (connection.state().move(ConnectionState.Phase.QUEUED, ConnectionState.Phase.WORKING)) {
                work.run();
            }
        }
    }
}
