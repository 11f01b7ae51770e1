package dev.agenttower.bench.engine;

import java.time.Duration;

/**
 * Delays that double with every failure, between two bounds, and restart after a success.
 *
 * <p>Not thread-safe; each watch has its own.
 */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration next;

    /** Delays from {@code first} to {@code longest}. */
    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** The next delay. */
    public Duration next() {
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return wait;
    }

    /** Restarts at the shortest delay. */
    public void reset() {
        next = first;
    }
}
