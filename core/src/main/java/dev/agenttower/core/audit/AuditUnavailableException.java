package dev.agenttower.core.audit;

import static java.util.Objects.requireNonNull;

/** An audit record may not be on disk. */
public final class AuditUnavailableException extends RuntimeException {
    /** Creates the failure; {@code message} names the failed operation and its object. */
    public AuditUnavailableException(String message, Throwable cause) {
        super(requireNonNull(message, "message"), cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
