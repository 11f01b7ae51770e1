package dev.agenttower.socket.server.framing;

/**
 * The input of a client: a line, or an incomplete or overlong one.
 *
 * @param bytes the line with its LF; of an overlong line the bytes read so far; must not be modified
 * @param ending how it ended
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Frame(byte[] bytes, Ending ending) {
    /** How a frame ended. */
    public enum Ending {
        /** With an LF, within the limit. */
        LINE,
        /** With the end of the stream, before an LF and possibly before any byte. */
        CUT,
        /** Longer than the limit. */
        TOO_LONG
    }
}
