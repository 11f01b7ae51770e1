package dev.agenttower.core.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells senders that wait for a delivery when their message has reached a state that ends the wait. Thread-safe. */
public final class EndOfWaits {
    private final Map<String, List<Waiter>> waiters = new HashMap<>();

    /** Nobody waits. */
    public EndOfWaits() {}

    /** Waits for a message, which may have reached its end already; the caller must look after this call, and close the waiter. */
    public Waiter register(String messageId) {
        Waiter waiter = new Waiter(messageId);
        synchronized (waiters) {
            waiters.computeIfAbsent(messageId, absent -> new ArrayList<>(1)).add(waiter);
        }
        return waiter;
    }

    /** Ends all waits for a message. */
    public void ended(String messageId) {
        List<Waiter> told;
        synchronized (waiters) {
            told = waiters.remove(messageId);
        }
        if (told != null) {
            told.forEach(waiter -> waiter.end.countDown());
        }
    }

    /** The wait for one message. */
    public final class Waiter implements AutoCloseable {
        private final String messageId;
        private final CountDownLatch end = new CountDownLatch(1);

        private Waiter(String messageId) {
            this.messageId = messageId;
        }

        /** Whether the wait is over. */
        public boolean hasEnded() {
            return end.getCount() == 0;
        }

        /** Blocks until the wait is over, at most for some milliseconds; returns whether it is over. An interrupt ends the call. */
        public boolean await(long millis) {
            try {
                return end.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return hasEnded();
            }
        }

        /** Stops waiting. Idempotent. */
        @Override
        public void close() {
            synchronized (waiters) {
                List<Waiter> others = waiters.get(messageId);
                if (others != null && others.remove(this) && others.isEmpty()) {
                    waiters.remove(messageId);
                }
            }
        }
    }
}
