package dev.agenttower.bench.engine;

import java.time.Duration;

/**
 * The time by which work must end. Several threads may share one deadline.
 *
 * @param limit the whole duration
 * @param endNanos the end, as {@link System#nanoTime}
 */
public record Deadline(Duration limit, long endNanos) {
    /** The deadline {@code limit} from now. */
    public static Deadline in(Duration limit) {
        return new Deadline(limit, System.nanoTime() + limit.toNanos());
    }

    /** The remaining time; zero or less after the deadline. */
    public long remainingNanos() {
        return endNanos - System.nanoTime();
    }
}
