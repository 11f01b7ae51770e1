package dev.agenttower.cli.command;

/** Every exit status of the program, and what leads to it. */
public enum ExitCode {
    /** The command did what it was asked to do. */
    OK(0),
    /** The command cannot begin: setting, file or permission is wrong, or the caller is in no bench. */
    PRECONDITION(1),
    /** The command line does not fit. */
    USAGE(2),
    /** The daemon cannot be reached, or did not start. */
    UNREACHABLE(2),
    /** The daemon, or a rule that needs no daemon, refuses the request. */
    REFUSED(3),
    /** No agent has the id. */
    AGENT_NOT_FOUND(4),
    /** A scan ended with problems, or what was looked at has some: for the doctor, a ledger, a change that does not apply. */
    DEGRADED(5);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The status that the process ends with. */
    public int status() {
        return status;
    }

    public static ExitCode ofErrorCode(String code) {
        return switch (code) {
            case "host_context_unsupported" -> PRECONDITION;
            case "agent_not_found" -> AGENT_NOT_FOUND;
            default -> REFUSED;
        };
    }
}
