package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.SessionMember;
import java.util.Set;

/**
 * The marked processes and panes of agents.
 *
 * @param processes current and former processes of agents, each with its kernel session
 * @param panes tmux panes in which agents run or ran
 */
public record AgentMarks(Set<SessionMember> processes, Set<MarkedPane> panes) {
    /** No marks. */
    public static final AgentMarks NONE = new AgentMarks(Set.of(), Set.of());

    /** Copies the sets. */
    public AgentMarks {
        processes = Set.copyOf(processes);
        panes = Set.copyOf(panes);
    }
}
