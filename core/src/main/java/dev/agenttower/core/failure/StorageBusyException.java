package dev.agenttower.core.failure;

/** Another process held the store for longer than a writer waits (five seconds). A retry may succeed. */
public final class StorageBusyException extends StorageException {
    /** Creates the failure. */
    public StorageBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
