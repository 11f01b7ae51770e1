package dev.agenttower.core.governance.role;

import java.util.List;

/**
 * A process and the kernel session that it is in, or was when it ended.
 *
 * @param mark the process
 * @param session its session; {@link KernelSession#NONE} when it is not known
 */
public record SessionMember(ProcessMark mark, KernelSession session) {
    /** Whether it leads its session, so that all members of that descend from it. */
    public boolean leads() {
        return session.isLedBy(mark);
    }

    /**
     * Whether a process may descend from this one although the parents do not tell any more: it is in the same session, or one above it is, and the
     * chain of parents leaves the session without coming to its leader. What left the session by the leader is a job of that one; what is
     * older than this process is none of its children.
     *
     * @param lineage the process and those above it, nearest first
     */
    public boolean mayHaveLost(List<LiveProcess> lineage) {
        ProcessMark topmost = null;
        for (LiveProcess process : lineage) {
            if (session.isStill(process.session())) {
                topmost = process.mark();
            }
        }
        return topmost != null && !session.isLedBy(topmost) && topmost.startTicks() >= mark.startTicks();
    }
}
