package dev.agenttower.cli.surroundings;

/** {@code AGENTTOWER_SOCKET} is set but names no socket; the message is the line for stderr. */
public final class InvalidSocketException extends RuntimeException {
    InvalidSocketException(String reason) {
        super("error: AGENTTOWER_SOCKET must be an absolute path to a Unix socket: " + reason, null, false, false);
    }
}
