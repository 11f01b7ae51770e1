package dev.agenttower.client;

import org.jspecify.annotations.Nullable;

/** A call to the daemon failed: there was no usable answer, or the answer is an error. */
public abstract sealed class DaemonException extends RuntimeException
        permits TransportException, DaemonErrorException, GovernanceRefusedException {
    DaemonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The failure in one sentence for a person. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
