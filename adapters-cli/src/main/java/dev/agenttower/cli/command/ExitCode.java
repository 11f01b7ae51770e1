package dev.agenttower.cli.command;

/** Every exit status of the program, and its causes. */
public enum ExitCode {
    /** The command succeeded. */
    OK(0),
    /** The command cannot start: a setting, file or permission is wrong, or the caller is in no known container. */
    PRECONDITION(1),
    /** The command line is invalid. */
    USAGE(2),
    /** The daemon cannot be reached, or did not start. */
    UNREACHABLE(2),
    /** The daemon, or a rule that the program checks itself, refuses the request. */
    REFUSED(3),
    /** No agent has the given id. */
    AGENT_NOT_FOUND(4),
    /** A scan found problems; or the doctor, a ledger check or a change preview reports some. */
    DEGRADED(5),
    /** No follow session of events has the id. */
    EVENTS_SESSION_UNKNOWN(5),
    /** A cursor of events cannot be read. */
    EVENTS_INVALID_CURSOR(6),
    /** A filter of events breaks a rule that only the daemon checks. */
    EVENTS_FILTER_INVALID(7),
    /** A follow session of events was idle for too long. */
    EVENTS_SESSION_EXPIRED(8);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The exit status of the process. */
    public int status() {
        return status;
    }

    public static ExitCode ofErrorCode(String code) {
        return switch (code) {
            case "host_context_unsupported" -> PRECONDITION;
            case "agent_not_found" -> AGENT_NOT_FOUND;
            case "events_session_unknown" -> EVENTS_SESSION_UNKNOWN;
            case "events_invalid_cursor" -> EVENTS_INVALID_CURSOR;
            case "events_filter_invalid" -> EVENTS_FILTER_INVALID;
            case "events_session_expired" -> EVENTS_SESSION_EXPIRED;
            default -> REFUSED;
        };
    }
}
