package dev.agenttower.bench.engine;

import org.jspecify.annotations.Nullable;

/** Work did not end within its deadline. */
final class DeadlinePassedException extends RuntimeException {
    DeadlinePassedException(@Nullable Throwable cause) {
        super("the deadline has passed", cause);
    }
}
