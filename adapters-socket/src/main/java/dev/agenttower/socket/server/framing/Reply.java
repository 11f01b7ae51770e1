package dev.agenttower.socket.server.transport;

/**
 * An answer and what becomes of its connection.
 *
 * @param line the answer with its LF; never changed by anyone
 * @param then what happens to the connection
 * @param afterwards runs once the answer is sent, or can never be; must return at once
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Reply(byte[] line, Then then, Runnable afterwards) {
    /** An answer that nothing follows. */
    public static Reply of(byte[] line, Then then) {
        return new Reply(line, then, () -> {});
    }

    /** What happens to the connection after an answer. */
    public enum Then {
        /** It is closed. */
        CLOSE,
        /** The next line is awaited. */
        KEEP_OPEN,
        /** A bounded rest of the request is thrown away, then it is closed. */
        DRAIN
    }
}
