package dev.agenttower.core.governance.role;

/**
 * A running process.
 *
 * @param mark its identity
 * @param session its kernel session, which its children keep when it ends
 * @param terminal the number of the terminal that controls its session; 0 when there is none
 */
public record LiveProcess(ProcessMark mark, KernelSession session, long terminal) {
    /** Whether a terminal controls it. */
    public boolean hasTerminal() {
        return terminal != 0;
    }

    /** The process without its terminal, as stored. */
    public SessionMember member() {
        return new SessionMember(mark, session);
    }
}
