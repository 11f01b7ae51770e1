package dev.agenttower.socket.server.wire;

/** A text is no JSON. The message says why. */
public final class JsonSyntaxException extends Exception {
    /** Creates the failure. */
    public JsonSyntaxException(String reason) {
        super(reason, null, false, false);
    }

    /** Why the text is no JSON. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
