package dev.agenttower.bench.engine;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Runs an action for many items in parallel, on the caller's thread and up to seven more, named {@code bench-ask-<n>}, that end when they
 * are idle for five seconds. There is no queue: without a free thread, the caller runs the action.
 *
 * <p>Thread-safe.
 */
final class ParallelCalls implements AutoCloseable {
    private static final int MOST_THREADS = 7;

    private final AtomicInteger number = new AtomicInteger();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST_THREADS, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "bench-ask-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    /** Calls {@code action} once for every index of {@code things} and returns when all calls have returned; it must not throw. */
    void forEach(List<?> things, IntConsumer action) {
        var next = new AtomicInteger();
        int helpers = Math.min(MOST_THREADS, things.size() - 1);
        var done = new CountDownLatch(Math.max(0, helpers));
        Runnable drain = () -> {
            for (int index = next.getAndIncrement(); index < things.size(); index = next.getAndIncrement()) {
                action.accept(index);
            }
        };
        for (int helper = 0; helper < helpers; helper++) {
            try {
                threads.execute(() -> {
                    try {
                        drain.run();
                    } finally {
                        done.countDown();
                    }
                });
            } catch (RejectedExecutionException busy) {
                done.countDown();
            }
        }
        drain.run();
        await(done);
    }

    private static void await(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException again) {
                // every action ends by its deadline, so the wait is short; the interrupt is restored afterwards
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
