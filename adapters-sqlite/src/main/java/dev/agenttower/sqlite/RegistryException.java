package dev.agenttower.sqlite;

/** The database file cannot be opened, created or migrated. The message is SQLite's own, or states that the file has a newer version. */
public final class RegistryException extends RuntimeException {
    RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
