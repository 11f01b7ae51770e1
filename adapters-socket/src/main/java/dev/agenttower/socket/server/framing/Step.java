package dev.agenttower.socket.server.framing;

import dev.agenttower.unix.connection.Lane;
import java.util.function.Supplier;

/**
 * The handling of a frame.
 *
 * @param lane the threads to use
 * @param work creates the answer; an exception ends the server
 * @param whenBusy creates the answer if those threads are overloaded
 */
public record Step(Lane lane, Supplier<Reply> work, Supplier<Reply> whenBusy) {
    /** An immediate answer. */
    public static Step answer(Reply reply) {
        return new Step(Lane.INSTANT, () -> reply, () -> reply);
    }
}
