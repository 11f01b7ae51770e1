package dev.agenttower.socket.server.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The result of a method. */
public sealed interface Result {
    /** A result without a subsequent action. */
    static Result of(ObjectNode body) {
        return new Ready(body, () -> {});
    }

    /**
     * A result that is there.
     *
     * @param body the {@code result} of the answer
     * @param afterwards runs once the answer is sent, or cannot be sent; must not block
     */
    record Ready(ObjectNode body, Runnable afterwards) implements Result {}

    /**
     * A result that is worth waiting for. The caller waits without a thread.
     *
     * @param patience the longest wait
     * @param hasCome checks whether the wait is over, ten times a second; must not block
     * @param work gives the result in either case; also called early when too many callers wait
     */
    record Later(Duration patience, BooleanSupplier hasCome, Supplier<Result> work) implements Result {}
}
