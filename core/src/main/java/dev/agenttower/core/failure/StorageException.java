package dev.agenttower.core.failure;

/** A store could not read or write. Of a failed write nothing remains. */
public class StorageException extends RuntimeException {
    /** Creates the failure; {@code message} says what failed, on what. */
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
