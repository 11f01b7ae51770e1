package dev.agenttower.core.failure;

/** A store could not read or write. A failed write changes nothing. */
public class StorageException extends RuntimeException {
    /** Creates the failure; {@code message} names the failed operation and its object. */
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
