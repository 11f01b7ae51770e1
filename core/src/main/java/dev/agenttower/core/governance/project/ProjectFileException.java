package dev.agenttower.core.governance.project;

import org.jspecify.annotations.Nullable;

/** A file of a project could not be read, written or deleted. */
public final class ProjectFileException extends RuntimeException {
    /** Creates the failure; {@code message} says what failed, on which file. */
    public ProjectFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What failed. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
