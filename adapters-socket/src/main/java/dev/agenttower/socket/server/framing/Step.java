package dev.agenttower.socket.server.transport;

import java.util.function.Supplier;

/**
 * What is to be done about a frame.
 *
 * @param pace which thread does it
 * @param work makes the answer; throws only what should end the server
 * @param whenFull makes the answer if that thread has too much to do already
 */
public record Step(Pace pace, Supplier<Reply> work, Supplier<Reply> whenFull) {
    /** An answer that is known already. */
    public static Step answer(Reply reply) {
        return new Step(Pace.INSTANT, () -> reply, () -> reply);
    }
}
