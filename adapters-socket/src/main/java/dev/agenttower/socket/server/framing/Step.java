package dev.agenttower.socket.server.framing;

import dev.agenttower.unix.connection.Lane;
import java.util.function.Supplier;

/**
 * What is to be done about a frame.
 *
 * @param lane which threads do it
 * @param work makes the answer; throws only what should end the server
 * @param whenBusy makes the answer if those threads have too much to do already
 */
public record Step(Lane lane, Supplier<Reply> work, Supplier<Reply> whenBusy) {
    /** An answer that is known already. */
    public static Step answer(Reply reply) {
        return new Step(Lane.INSTANT, () -> reply, () -> reply);
    }
}
