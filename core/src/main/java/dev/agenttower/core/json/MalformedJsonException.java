package dev.agenttower.core.json;

/** A text is not one JSON value; the message says where and why, in one line. */
public final class MalformedJsonException extends RuntimeException {
    /** Creates the failure. */
    public MalformedJsonException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong with the text. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
