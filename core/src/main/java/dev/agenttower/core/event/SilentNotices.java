package dev.agenttower.core.event;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Notices that never come: a wait lasts its whole time. */
final class SilentNotices implements LogNotices {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void follow(Collection<String> paths) {
        // There is nothing to tell.
    }

    @Override
    public Awakening await(Duration atMost) {
        try {
            closed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Awakening.NONE;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
