package dev.agenttower.cli.command;

import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.core.text.Text;
import org.jspecify.annotations.Nullable;

/** Ends a command; the message holds the lines for stderr. */
public final class CommandFailure extends RuntimeException {
    /** The line that reports that the daemon cannot be reached. */
    public static final String UNREACHABLE =
            "error: daemon is not running or socket is unreachable: try `agenttower ensure-daemon`";

    private final ExitCode exitCode;

    /** A failure without a cause. */
    public CommandFailure(ExitCode exitCode, String lines) {
        this(exitCode, lines, null);
    }

    /** A failure with its cause. */
    public CommandFailure(ExitCode exitCode, String lines, @Nullable Throwable cause) {
        super(lines, cause);
        this.exitCode = exitCode;
    }

    /** A refusal of the daemon that is reported on stderr even with {@code --json}. */
    public static CommandFailure refused(DaemonErrorException refusal) {
        return new CommandFailure(ExitCode.REFUSED, refusalLines(refusal.code(), refusal.getMessage()), refusal);
    }

    /** The two lines that report a refusal. */
    public static String refusalLines(String code, String message) {
        return "error: " + TerminalText.safe(Text.singleLine(message)) + "\ncode: " + code;
    }

    /** The exit status of the program. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
