package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.ProcessMark;
import java.util.Set;

/**
 * The processes on the host that are known to be agents. Thread-safe.
 *
 * <p>An implementation must keep what it is told for as long as the process lives, over a restart of the daemon too.
 */
public interface AgentProcesses {
    /**
     * Takes note that a process has spoken as an agent. It counts as one from then on, whatever it says later.
     *
     * @throws dev.agenttower.core.failure.StorageException if it could not be noted
     */
    void remember(ProcessMark process);

    /**
     * The processes that have spoken as agents; of those that have ended it may be silent.
     *
     * @throws dev.agenttower.core.failure.StorageException if they cannot be read
     */
    Set<ProcessMark> spoken();

    /**
     * The panes on the host in which agents are registered.
     *
     * @throws dev.agenttower.core.failure.StorageException if they cannot be read
     */
    Set<AgentPane> panes();
}
