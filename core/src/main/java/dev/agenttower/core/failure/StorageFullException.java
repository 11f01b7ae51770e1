package dev.agenttower.core.failure;

/** The disk of the store has no space left. A retry succeeds once there is some. */
public final class StorageFullException extends StorageException {
    /** Creates the failure. */
    public StorageFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
