package dev.agenttower.cli.governance.change;

/** An edited document does not say for sure what is proposed. */
public final class UnreadableDocumentException extends RuntimeException {
    UnreadableDocumentException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong with it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
