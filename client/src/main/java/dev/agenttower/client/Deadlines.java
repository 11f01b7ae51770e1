package dev.agenttower.client;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Closes channels at their deadlines, which unblocks the threads that use them.
 *
 * <p>One daemon thread, {@code agenttower-client-deadlines}, is started by the first deadline and ends after ten idle seconds. Only an
 * earlier deadline wakes it, so a sequence of short calls causes no context switches. It holds one entry per call in progress.
 *
 * <p>Thread-safe.
 */
final class Deadlines implements AutoCloseable {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition nearer = lock.newCondition();
    private final PriorityQueue<Deadline> pending = new PriorityQueue<>();
    private @Nullable Thread watchdog;
    private long wakeNanos;
    private boolean closed;

    /** Closes {@code channel} after {@code after}, unless the deadline is disarmed first. */
    Deadline arm(Closeable channel, Duration after) {
        Deadline deadline = new Deadline(this, channel, System.nanoTime() + after.toNanos());
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the client is closed");
            }
            pending.add(deadline);
            if (watchdog == null) {
                wakeNanos = deadline.nanos;
                watchdog = new Thread(this::watch, "agenttower-client-deadlines");
                watchdog.setDaemon(true);
                watchdog.start();
            } else if (deadline.nanos - wakeNanos < 0) {
                nearer.signal();
            }
        } finally {
            lock.unlock();
        }
        return deadline;
    }

    void disarm(Deadline deadline) {
        lock.lock();
        try {
            pending.remove(deadline);
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        while (true) {
            @Nullable Deadline due = nextDue();
            if (due == null) {
                return;
            }
            due.expire();
        }
    }

    private @Nullable Deadline nextDue() {
        lock.lock();
        try {
            while (!closed) {
                @Nullable Deadline head = pending.peek();
                long now = System.nanoTime();
                if (head != null && head.nanos - now <= 0) {
                    return pending.poll();
                }
                wakeNanos = head == null ? now + IDLE_NANOS : head.nanos;
                boolean timeIsUp = nearer.awaitNanos(wakeNanos - now) <= 0;
                if (timeIsUp && head == null && pending.isEmpty()) {
                    break;
                }
            }
            watchdog = null;
        } catch (InterruptedException e) {
            // Only this class has the thread, and interrupts it to end it.
            watchdog = null;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return null;
    }

    /** Ends the thread. Channels with pending deadlines stay open. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            pending.clear();
            nearer.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The deadline of one step of a call. */
    static final class Deadline implements AutoCloseable, Comparable<Deadline> {
        private final Deadlines owner;
        private final Closeable channel;
        private final long nanos;
        private volatile boolean expired;

        private Deadline(Deadlines owner, Closeable channel, long nanos) {
            this.owner = owner;
            this.channel = channel;
            this.nanos = nanos;
        }

        boolean isExpired() {
            return expired;
        }

        private void expire() {
            expired = true;
            try {
                channel.close();
            } catch (IOException ignored) {
                // The thread that uses the channel gets the failure itself.
            }
        }

        @Override
        public int compareTo(Deadline other) {
            return Long.compare(nanos - other.nanos, 0);
        }

        /** Disarms the deadline. */
        @Override
        public void close() {
            owner.disarm(this);
        }
    }
}
