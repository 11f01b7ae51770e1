package dev.agenttower.core.log;

/** A log cannot be read. */
public final class UnreadableLogException extends Exception {
    private static final long serialVersionUID = 1;

    private final String kind;

    /**
     * Creates the failure.
     *
     * @param kind one word for the status: {@code PermissionError} or {@code OSError}
     */
    public UnreadableLogException(String kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** One word for the status. */
    public String kind() {
        return kind;
    }
}
