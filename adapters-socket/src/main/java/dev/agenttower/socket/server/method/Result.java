package dev.agenttower.socket.server.method;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The result of a method.
 *
 * @param body the {@code result} of the answer
 * @param afterwards runs once the answer is sent, or cannot be sent; must not block
 */
public record Result(ObjectNode body, Runnable afterwards) {
    /** A result without a subsequent action. */
    public static Result of(ObjectNode body) {
        return new Result(body, () -> {});
    }
}
