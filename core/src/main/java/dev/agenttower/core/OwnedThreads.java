package dev.agenttower.core;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates the threads of a tower without given executors: named daemon threads that end after idling for a while. */
final class OwnedThreads {
    private static final int MAX_WAITING = 256;
    private static final int IDLE_SECONDS = 30;

    private OwnedThreads() {}

    /** At most {@code threads} threads named {@code name-1}, {@code name-2}, ...; if 256 tasks wait, the caller runs the next one. */
    static ExecutorService create(String name, int threads) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                task -> {
                    Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                OwnedThreads::runHere);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Threads for scheduled tasks, named like those of {@link #create}. The number of tasks must be small, since their queue is unbounded. */
    static ScheduledExecutorService timer(String name, int threads) {
        AtomicInteger count = new AtomicInteger();
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(threads, task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    // The JDK's CallerRunsPolicy silently drops tasks after shutdown, and a caller may wait for them.
    private static void runHere(Runnable task, ThreadPoolExecutor executor) {
        if (executor.isShutdown()) {
            throw new RejectedExecutionException("the tower is closed");
        }
        task.run();
    }
}
