package dev.agenttower.bench.engine;

import java.time.Duration;

/**
 * Waiting times that double with every failure, between two bounds, and start again after a success.
 *
 * <p>Not thread-safe; each watch has its own.
 */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration next;

    /** Waiting times from {@code first} to {@code longest}. */
    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** How long to wait now. */
    public Duration next() {
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return wait;
    }

    /** Begins again at the shortest time. */
    public void reset() {
        next = first;
    }
}
