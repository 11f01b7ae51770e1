package dev.agenttower.client;

import org.jspecify.annotations.Nullable;

/** A call to the daemon gave no result: either no answer came, or the answer is an error. */
public abstract sealed class DaemonException extends RuntimeException
        permits TransportException, DaemonErrorException, GovernanceRefusedException {
    DaemonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What happened, in a sentence for a person. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
