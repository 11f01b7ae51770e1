package dev.agenttower.core.audit;

import static java.util.Objects.requireNonNull;

/** An audit record is not surely on disk. */
public final class AuditUnavailableException extends RuntimeException {
    /** Creates the failure; {@code message} says what failed, on what. */
    public AuditUnavailableException(String message, Throwable cause) {
        super(requireNonNull(message, "message"), cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
