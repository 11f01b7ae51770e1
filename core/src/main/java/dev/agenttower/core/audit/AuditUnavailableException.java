package dev.agenttower.core.audit;

/** An audit record could not be written. */
public final class AuditUnavailableException extends RuntimeException {
    /** Creates the failure. */
    public AuditUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
