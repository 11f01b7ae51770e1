package dev.agenttower.socket.server.method;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a method gives back.
 *
 * @param body the {@code result} of the answer
 * @param afterwards runs once the answer is sent, or can never be; must return at once
 */
public record Result(ObjectNode body, Runnable afterwards) {
    /** A result that nothing follows. */
    public static Result of(ObjectNode body) {
        return new Result(body, () -> {});
    }
}
