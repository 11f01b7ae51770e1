package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.EngineClient;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes.Failed;
import dev.agenttower.core.pane.BenchPanes.Seen;
import dev.agenttower.core.pane.BenchPanes.SocketOutcome;
import dev.agenttower.core.pane.BenchPanes.Unreachable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Maps failed commands in a bench container to error codes. The first matching sign decides; signs of the engine come first. */
final class TmuxFailures {
    // the engine reports its own errors in the output of the command that it could not start
    private static final List<String> ENGINE_FAILED = List.of(
            "oci runtime", "unable to find user", "no such container", "is not running", "is paused", "is restarting");
    private static final List<String> REFUSED = List.of("permission denied", "operation not permitted");
    private static final List<String> MISSING = List.of("no such file or directory", "cannot access");
    private static final List<String> NO_TMUX =
            List.of("tmux: not found", "tmux: command not found", "executable file not found", "exec: \"tmux\"");
    private static final List<String> NO_SERVER =
            List.of("no server running", "error connecting to", "no current server");
    private static final List<String> NOBODY_LISTENS = List.of("(connection refused)", "(no such file or directory)");
    private static final int COMMAND_NOT_FOUND = 127;

    private TmuxFailures() {}

    /** {@code id -u} ended with an error. */
    static Unreachable userId(int status, String text) {
        return new Unreachable(ErrorCode.DOCKER_EXEC_FAILED, message("id -u", status, text));
    }

    /** {@code id -u} printed no number. */
    static Unreachable userIdMalformed(String printed) {
        String what = printed.isBlank()
                ? "id -u stdout is empty"
                : "id -u stdout is not a positive integer: '" + EngineClient.excerpt(printed) + "'";
        return new Unreachable(ErrorCode.OUTPUT_MALFORMED, what);
    }

    /** The socket folder could not be listed. */
    static Unreachable folder(String folder, int status, String text) {
        ErrorCode code = ErrorCode.DOCKER_EXEC_FAILED;
        if (!holds(text, ENGINE_FAILED)) {
            if (holds(text, REFUSED)) {
                code = ErrorCode.SOCKET_UNREADABLE;
            } else if (holds(text, MISSING)) {
                code = ErrorCode.SOCKET_DIR_MISSING;
            }
        }
        return new Unreachable(code, message("ls " + folder, status, text));
    }

    /** The user has no socket folder, as reported by the shell. */
    static Unreachable folderMissing(String folder) {
        return new Unreachable(
                ErrorCode.SOCKET_DIR_MISSING, folder + ": no such folder; no tmux server was started yet");
    }

    /** The socket folder is not readable, as reported by the shell. */
    static Unreachable folderUnreadable(String folder) {
        return new Unreachable(ErrorCode.SOCKET_UNREADABLE, folder + ": permission denied");
    }

    /**
     * {@code tmux list-panes} ended with an error. If nobody listens on the socket, or the server ended during the command, there are no
     * panes: tmux leaves the file when a server ends, and a server that is only busy refuses nobody.
     */
    static SocketOutcome listPanes(int status, String text) {
        if (!holds(text, ENGINE_FAILED) && hasEnded(text)) {
            return new Seen(List.of(), 0);
        }
        ErrorCode code = ErrorCode.DOCKER_EXEC_FAILED;
        if (holds(text, NO_TMUX) || status == COMMAND_NOT_FOUND) {
            code = ErrorCode.TMUX_UNAVAILABLE;
        } else if (!holds(text, ENGINE_FAILED) && holds(text, NO_SERVER)) {
            code = ErrorCode.TMUX_NO_SERVER;
        }
        return new Failed(code, message("tmux list-panes", status, text));
    }

    /** The container did not answer in time. */
    static Unreachable timeout(Duration limit) {
        return new Unreachable(ErrorCode.DOCKER_EXEC_TIMEOUT, timeoutMessage(limit));
    }

    /** One tmux server did not answer in time. */
    static Failed socketTimeout(Duration limit) {
        return new Failed(ErrorCode.DOCKER_EXEC_TIMEOUT, timeoutMessage(limit));
    }

    private static String timeoutMessage(Duration limit) {
        return "the bench exceeded its budget of " + limit.toMillis() / 1000.0 + "s";
    }

    private static boolean hasEnded(String text) {
        return holds(text, List.of("no server running", "server exited", "lost server"))
                || (holds(text, List.of("error connecting to")) && holds(text, NOBODY_LISTENS));
    }

    private static boolean holds(String text, List<String> signs) {
        String lower = text.toLowerCase(Locale.ROOT);
        return signs.stream().anyMatch(lower::contains);
    }

    private static String message(String command, int status, String text) {
        return command + " exited " + status + ": " + EngineClient.excerpt(text);
    }
}
