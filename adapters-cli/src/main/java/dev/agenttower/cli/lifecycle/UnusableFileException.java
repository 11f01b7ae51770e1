package dev.agenttower.cli.lifecycle;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file or folder cannot be used as it is. */
public final class UnusableFileException extends RuntimeException {
    private final transient Path path;
    private final String reason;

    UnusableFileException(Path path, String reason, @Nullable Throwable cause) {
        super(path + ": " + reason, cause);
        this.path = path;
        this.reason = reason;
    }

    static UnusableFileException of(Path path, IOException cause) {
        return new UnusableFileException(path, reasonOf(cause), cause);
    }

    /** The operating system's error text, without the name of the file. */
    public static String reasonOf(Exception cause) {
        // The JDK drops the system's text for errors with a specific exception.
        if (cause instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "File exists";
        }
        if (cause instanceof InvalidPathException invalid) {
            return invalid.getReason();
        }
        @Nullable String reason = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }

    /** The file or folder. */
    public Path path() {
        return path;
    }

    /** The problem. */
    public String reason() {
        return reason;
    }
}
