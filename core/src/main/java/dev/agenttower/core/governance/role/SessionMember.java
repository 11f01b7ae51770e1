package dev.agenttower.core.governance.role;

import java.util.List;

/**
 * A process and its kernel session, current or at its end.
 *
 * @param mark the process
 * @param session its session; {@link KernelSession#NONE} when unknown
 */
public record SessionMember(ProcessMark mark, KernelSession session) {
    /** Whether it leads its session, so that all members of the session descend from it. */
    public boolean leads() {
        return session.isLedBy(mark);
    }

    /**
     * Whether a process may descend from this one although the chain of parents is broken: the process or an ancestor is in the same kernel
     * session, and the chain leaves that session without reaching its leader. A process below the leader is a job of the leader, and a process
     * older than this one cannot descend from it.
     *
     * @param lineage the process and its ancestors, nearest first
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
