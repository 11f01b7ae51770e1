package dev.agenttower.socket.server.wire;

/** A text is not JSON. The message gives the reason. */
public final class JsonSyntaxException extends Exception {
    /** Creates the failure. */
    public JsonSyntaxException(String reason) {
        super(reason, null, false, false);
    }

    /** Why the text is not JSON. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
