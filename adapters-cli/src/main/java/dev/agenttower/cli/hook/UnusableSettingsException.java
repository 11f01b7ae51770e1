package dev.agenttower.cli.hook;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.nio.file.Path;

/** A file of settings cannot be used as it is; nothing was changed. */
final class UnusableSettingsException extends RuntimeException {
    private final transient Path file;
    private final String reason;

    /**
     * @param reason the place in the file and what is wrong there
     */
    UnusableSettingsException(Path file, String reason) {
        super(file + ": " + reason, null, false, false);
        this.file = file;
        this.reason = reason;
    }

    /** What is wrong, for a reader who knows of one file only. */
    String reasonBeside(Path known) {
        return file.equals(known) ? reason : file + ": " + reason;
    }

    /** The same for the user. */
    RefusedException refusal() {
        return new RefusedException(ErrorCode.CONFLICT, file + ": " + reason);
    }
}
