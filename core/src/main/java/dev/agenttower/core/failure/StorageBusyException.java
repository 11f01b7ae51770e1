package dev.agenttower.core.failure;

/** Another process held the store for longer than a writer waits (five seconds). Trying again may succeed. */
public final class StorageBusyException extends StorageException {
    /** Creates the failure. */
    public StorageBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
