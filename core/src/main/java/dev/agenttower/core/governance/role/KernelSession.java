package dev.agenttower.core.governance.role;

/**
 * A session of processes, as the kernel groups them by {@code setsid}. The kernel gives its number to no other process or session while it has
 * members, also when its leader has ended.
 *
 * @param id its number, which is that of the process that leads it; 0 when there is none
 * @param leaderStart when the leader started, in clock ticks since the machine did; 0 when it has ended
 */
public record KernelSession(long id, long leaderStart) {
    /** No session that can be told from others. */
    public static final KernelSession NONE = new KernelSession(0, 0);

    /** Whether a process leads it. */
    public boolean isLedBy(ProcessMark process) {
        return id == process.pid() && leaderStart == process.startTicks();
    }

    /** Whether this one, which was seen before, is still the one that was seen now: one that has lost its leader gets no new one. */
    public boolean isStill(KernelSession now) {
        return id != 0 && id == now.id && (now.leaderStart == 0 || now.leaderStart == leaderStart);
    }
}
