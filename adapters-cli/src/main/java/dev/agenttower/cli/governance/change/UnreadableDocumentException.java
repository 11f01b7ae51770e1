package dev.agenttower.cli.governance.change;

/** An edited document is not a valid and unambiguous proposal. */
public final class UnreadableDocumentException extends RuntimeException {
    UnreadableDocumentException(String message) {
        super(message, null, false, false);
    }

    /** The problem. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
