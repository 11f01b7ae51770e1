package dev.agenttower.daemon;

import dev.agenttower.daemon.lifecycle.Lifecycle;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The daemon's own threads: named, bounded, and ended with it. */
final class Workers implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;
    private static final long END_SECONDS = 2;

    private final String name;
    private final ExecutorService executor;
    private final boolean finishes;

    private Workers(String name, ExecutorService executor, boolean finishes) {
        this.name = name;
        this.executor = executor;
        this.finishes = finishes;
    }

    /**
     * Threads that run tasks and end after ten idle seconds.
     *
     * @param waiting the number of tasks that may wait; beyond it, the submitting thread runs the task
     */
    static ThreadPoolExecutor pool(Lifecycle lifecycle, String name, int threads, int waiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                named(name),
                new ThreadPoolExecutor.CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        lifecycle.own(new Workers(name, pool, false));
        return pool;
    }

    /** Threads for scheduled tasks. Callers must keep the number of tasks small, because the queue is unbounded. */
    static ScheduledThreadPoolExecutor timer(Lifecycle lifecycle, String name, int threads) {
        return timer(lifecycle, name, threads, false);
    }

    /** The same for tasks that write files: on close, a running task has two seconds to finish before it is interrupted. */
    static ScheduledThreadPoolExecutor writingTimer(Lifecycle lifecycle, String name, int threads) {
        return timer(lifecycle, name, threads, true);
    }

    private static ScheduledThreadPoolExecutor timer(Lifecycle lifecycle, String name, int threads, boolean finishes) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(threads, named(name));
        timer.setRemoveOnCancelPolicy(true);
        lifecycle.own(new Workers(name, timer, finishes));
        return timer;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Interrupts running tasks and waits two seconds for them; a thread that is still busy then ends with the process. */
    @Override
    public void close() {
        try {
            if (finishes) {
                executor.shutdown();
                executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
            }
            executor.shutdownNow();
            executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
