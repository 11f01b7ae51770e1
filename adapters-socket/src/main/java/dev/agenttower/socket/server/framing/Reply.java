package dev.agenttower.socket.server.framing;

import dev.agenttower.unix.connection.Next;

/**
 * An answer and what becomes of its connection.
 *
 * @param line the answer with its LF; never changed by anyone
 * @param next what becomes of the connection
 * @param afterwards runs once the answer is sent, or can never be; must return at once
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Reply(byte[] line, Next next, Runnable afterwards) {
    /** An answer that nothing follows. */
    public static Reply of(byte[] line, Next next) {
        return new Reply(line, next, () -> {});
    }
}
