package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.SessionMember;
import java.util.Set;

/**
 * Stores the processes and panes on the host that belong to agents. Thread-safe.
 *
 * <p>An implementation must keep marks across restarts of the daemon until {@link #change} removes them, independently of panes, agents and
 * settings. It must drop them when the machine reboots, since pids start anew then.
 */
public interface AgentProcesses {
    /**
     * All marks.
     *
     * @throws dev.agenttower.core.failure.StorageException if it cannot be read
     */
    AgentMarks marks();

    /**
     * Removes and adds marks atomically. A pane stored as whole stays whole.
     *
     * @throws dev.agenttower.core.failure.StorageException if the marks could not be stored
     */
    void change(Set<SessionMember> forgotten, AgentMarks remembered);

    /**
     * The panes on the host in which active agents are registered, as of the last scan.
     *
     * @throws dev.agenttower.core.failure.StorageException if they cannot be read
     */
    Set<AgentPane> panes();
}
