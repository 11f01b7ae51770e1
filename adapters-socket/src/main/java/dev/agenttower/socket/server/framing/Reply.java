package dev.agenttower.socket.server.framing;

import dev.agenttower.unix.connection.Next;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * An answer and the next step of its connection.
 *
 * @param line the answer with its LF; must not be modified
 * @param next the next step of the connection
 * @param afterwards runs once the answer is sent, or cannot be sent; must not block
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Reply(byte[] line, Next next, Runnable afterwards) {
    /** An answer that is not known yet. */
    public static Reply later(Duration patience, BooleanSupplier hasCome, Supplier<Reply> answer) {
        return of(
                new byte[0],
                new Next.Wait(patience, hasCome, connection -> LineSession.send(answer.get(), connection)));
    }

    /** An answer without a subsequent action. */
    public static Reply of(byte[] line, Next next) {
        return new Reply(line, next, () -> {});
    }
}
