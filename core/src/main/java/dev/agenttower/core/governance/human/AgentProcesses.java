package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.SessionMember;
import java.util.Set;

/**
 * Remembers which processes and panes on the host are agents'. Thread-safe.
 *
 * <p>An implementation must keep what it is told over a restart of the daemon and until it is told to forget it, whatever becomes of panes, agents
 * and settings; it must forget it when the machine is started again, since processes are numbered anew then.
 */
public interface AgentProcesses {
    /**
     * All that is remembered.
     *
     * @throws dev.agenttower.core.failure.StorageException if it cannot be read
     */
    AgentMarks marks();

    /**
     * Forgets processes and remembers others, in one step. A pane that is whole stays so.
     *
     * @throws dev.agenttower.core.failure.StorageException if it could not be noted
     */
    void change(Set<SessionMember> forgotten, AgentMarks remembered);

    /**
     * The panes on the host in which active agents are registered, as the last scan saw them.
     *
     * @throws dev.agenttower.core.failure.StorageException if they cannot be read
     */
    Set<AgentPane> panes();
}
