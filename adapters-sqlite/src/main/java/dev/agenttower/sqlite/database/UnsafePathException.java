package dev.agenttower.sqlite.database;

import java.nio.file.Path;

/** A file or folder of the registry is open to other users, or the operating system refuses it. */
public final class UnsafePathException extends RuntimeException {
    private final transient Path path;
    private final String reason;

    UnsafePathException(Path path, String reason) {
        super(path + ": " + reason);
        this.path = path;
        this.reason = reason;
    }

    UnsafePathException(Path path, String reason, Throwable cause) {
        super(path + ": " + reason, cause);
        this.path = path;
        this.reason = reason;
    }

    /** What the trouble is about. */
    public Path path() {
        return path;
    }

    /** What the trouble is, such as {@code file mode 0o644 broader than required 0o600} or {@code Permission denied}. */
    public String reason() {
        return reason;
    }
}
