package dev.agenttower.socket.server.framing;

/**
 * What a client sent: a line, or what came in place of one.
 *
 * @param bytes the line with its LF; of a line that is too long the bytes that were read; never changed by anyone
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
        /** Not within the limit. */
        TOO_LONG
    }
}
