package dev.agenttower.core.exclusion;

import dev.agenttower.core.failure.Faults;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/** Runs work on an executor, once at a time. Requests made during a run cause one further run. Thread-safe. */
public final class SerialWork {
    private final Executor executor;
    private final Runnable work;
    private final ReentrantLock running = new ReentrantLock();
    private boolean requested;

    public SerialWork(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    public void request() {
        synchronized (this) {
            if (requested) {
                return;
            }
            requested = true;
        }
        try {
            executor.execute(this::finish);
        } catch (RejectedExecutionException stopping) {
            taken();
        }
    }

    private synchronized boolean taken() {
        boolean wasRequested = requested;
        requested = false;
        return wasRequested;
    }

    /** Waits for the run in progress, and runs the work here if it is requested. */
    public void finish() {
        running.lock();
        try {
            if (taken()) {
                work.run();
            }
        } catch (RuntimeException bug) {
            // The outermost frame of this work: a fault must be reported and must not prevent further runs.
            Faults.show(bug);
        } finally {
            running.unlock();
        }
    }
}
