package dev.agenttower.cli;

import org.jspecify.annotations.Nullable;

/** A command ends here; the message holds the lines for stderr. */
final class CommandFailure extends RuntimeException {
    private final ExitCode exitCode;

    CommandFailure(ExitCode exitCode, String lines) {
        this(exitCode, lines, null);
    }

    CommandFailure(ExitCode exitCode, String lines, @Nullable Throwable cause) {
        super(lines, cause);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
