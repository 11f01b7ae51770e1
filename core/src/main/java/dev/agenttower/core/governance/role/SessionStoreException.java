package dev.agenttower.core.governance.role;

import org.jspecify.annotations.Nullable;

/** The sessions of a project could not be read or written. */
public final class SessionStoreException extends RuntimeException {
    /** Creates the failure; {@code message} says what failed, on which file. */
    public SessionStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
