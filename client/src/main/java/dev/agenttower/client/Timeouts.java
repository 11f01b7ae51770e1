package dev.agenttower.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The time limits of a call.
 *
 * @param connect for the connection
 * @param answer from then to the last byte of the answer, in total
 */
public record Timeouts(Duration connect, Duration answer) {
    /** One second each: for read-only methods. */
    public static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));

    /** Checks that both are positive. */
    public Timeouts {
        requireNonNull(connect, "connect");
        requireNonNull(answer, "answer");
        if (connect.isNegative() || connect.isZero() || answer.isNegative() || answer.isZero()) {
            throw new IllegalArgumentException("timeouts must be positive: " + connect + ", " + answer);
        }
    }

    /** One second to connect, and {@code seconds} for the answer. */
    public static Timeouts answerWithin(int seconds) {
        return new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(seconds));
    }
}
