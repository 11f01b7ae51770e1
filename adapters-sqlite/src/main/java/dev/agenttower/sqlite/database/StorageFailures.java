package dev.agenttower.sqlite.database;

import dev.agenttower.core.failure.StorageBusyException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.failure.StorageFullException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Converts exceptions of SQLite and Jdbi to the exceptions of the stores. */
public final class StorageFailures {
    private StorageFailures() {}

    /**
     * The exception for the caller.
     *
     * @param what the failed action, such as {@code read the database}
     */
    public static StorageException of(String what, Exception failure) {
        @Nullable SQLException root = sqlException(failure);
        if (root == null) {
            return new StorageException("cannot " + what + ": " + failure.getMessage(), failure);
        }
        String message = "cannot " + what + ": " + root.getMessage();
        if (root.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code) {
            return new StorageBusyException(message, failure);
        }
        return root.getErrorCode() == SQLiteErrorCode.SQLITE_FULL.code
                ? new StorageFullException(message, failure)
                : new StorageException(message, failure);
    }

    private static @Nullable SQLException sqlException(Exception failure) {
        for (@Nullable Throwable step = failure; step != null; step = step.getCause()) {
            if (step instanceof SQLException found) {
                return found;
            }
        }
        return null;
    }
}
