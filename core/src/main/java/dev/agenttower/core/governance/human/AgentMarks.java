package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.SessionMember;
import java.util.Set;

/**
 * What is remembered of agents.
 *
 * @param processes processes that are or were agents', each with the kernel session it is or was in
 * @param panes panes of tmux in which agents run or ran
 */
public record AgentMarks(Set<SessionMember> processes, Set<MarkedPane> panes) {
    /** Nothing. */
    public static final AgentMarks NONE = new AgentMarks(Set.of(), Set.of());

    /** Copies the sets. */
    public AgentMarks {
        processes = Set.copyOf(processes);
        panes = Set.copyOf(panes);
    }
}
