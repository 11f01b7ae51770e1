package dev.agenttower.core.governance.role;

/**
 * A kernel session ({@code setsid}). The kernel does not reuse its id for a process or session while it has members, even after its leader has
 * ended.
 *
 * @param id its id, the pid of its leader; 0 when there is none
 * @param leaderStart start time of the leader in clock ticks since boot; 0 when it has ended
 */
public record KernelSession(long id, long leaderStart) {
    /** An unknown session. */
    public static final KernelSession NONE = new KernelSession(0, 0);

    /** Whether a process leads it. */
    public boolean isLedBy(ProcessMark process) {
        return id == process.pid() && leaderStart == process.startTicks();
    }

    /** Whether this earlier observation and {@code now} are the same session. A session that has lost its leader never gets a new one. */
    public boolean isStill(KernelSession now) {
        return id != 0 && id == now.id && (now.leaderStart == 0 || now.leaderStart == leaderStart);
    }
}
