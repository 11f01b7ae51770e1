package dev.agenttower.sqlite.database;

import java.nio.file.Path;

/** Other users may access a file or folder of the registry, or the operating system denies access to it. */
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

    /** The file or folder. */
    public Path path() {
        return path;
    }

    /** The problem, such as {@code file mode 0o644 broader than required 0o600} or {@code Permission denied}. */
    public String reason() {
        return reason;
    }
}
