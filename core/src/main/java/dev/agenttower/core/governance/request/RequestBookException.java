package dev.agenttower.core.governance.request;

import org.jspecify.annotations.Nullable;

/** The document of requests could not be locked, read or written. */
public final class RequestBookException extends RuntimeException {
    /** Creates the failure; {@code message} says what failed, on which file. */
    public RequestBookException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
