package dev.agenttower.core.governance.change;

import org.jspecify.annotations.Nullable;

/** The queue of change requests could not be locked, read or written. */
public final class ChangeQueueException extends RuntimeException {
    /** Creates the failure; {@code message} says what failed, on which file. */
    public ChangeQueueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What failed, on which file. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
