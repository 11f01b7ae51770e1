package dev.agenttower.core.json;

/** A text is not one JSON value; the one-line message contains the position and the reason. */
public final class MalformedJsonException extends RuntimeException {
    /** Creates the failure. */
    public MalformedJsonException(String message) {
        super(message, null, false, false);
    }

    /** The problem of the text. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
