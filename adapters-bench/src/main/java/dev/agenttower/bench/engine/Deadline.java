package dev.agenttower.bench.engine;

import java.time.Duration;

/**
 * A moment by which work has to end. Several threads may work within one deadline.
 *
 * @param limit how long it was from the beginning
 * @param endNanos the moment, as {@link System#nanoTime} tells it
 */
public record Deadline(Duration limit, long endNanos) {
    /** The deadline of work that begins now and may take {@code limit}. */
    public static Deadline in(Duration limit) {
        return new Deadline(limit, System.nanoTime() + limit.toNanos());
    }

    /** How long it is from now; zero or less once it has passed. */
    public long remainingNanos() {
        return endNanos - System.nanoTime();
    }
}
