package dev.agenttower.socket.server.method;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The result of a method.
 *
 * @param body the {@code result} of the answer
 * @param afterwards runs once the answer is sent, or cannot be sent; must not block
 * @param delay null, or what the answer waits for; then the other components are not used
 */
public record Result(
        ObjectNode body, Runnable afterwards, @Nullable Delay delay) {
    /** A result with a subsequent action. */
    public Result(ObjectNode body, Runnable afterwards) {
        this(body, afterwards, null);
    }

    /** A result without a subsequent action. */
    public static Result of(ObjectNode body) {
        return new Result(body, () -> {});
    }

    /** A result that is not known yet. Waiting takes no thread. */
    public static Result later(Duration patience, BooleanSupplier hasCome, Supplier<Result> result) {
        return new Result(JsonNodeFactory.instance.objectNode(), () -> {}, new Delay(patience, hasCome, result));
    }

    /**
     * A wait for an event.
     *
     * @param patience the longest wait
     * @param hasCome checks whether the event has occurred, ten times a second; must not block
     * @param result computes the result in either case; fails as a {@link Method.Handler} does
     */
    public record Delay(Duration patience, BooleanSupplier hasCome, Supplier<Result> result) {}
}
