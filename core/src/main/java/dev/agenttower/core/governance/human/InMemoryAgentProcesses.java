package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.ProcessMark;
import java.util.LinkedHashSet;
import java.util.Set;

/** Agents' processes in memory. Thread-safe. */
public final class InMemoryAgentProcesses implements AgentProcesses {
    private final Set<ProcessMark> spoken = new LinkedHashSet<>();
    private final Set<AgentPane> panes = new LinkedHashSet<>();

    /** No agents. */
    public InMemoryAgentProcesses() {}

    /** Registers an agent in the pane of a process. */
    public synchronized void registerPane(long pid, String paneId) {
        panes.add(new AgentPane(pid, paneId));
    }

    @Override
    public synchronized void remember(ProcessMark process) {
        spoken.add(process);
    }

    @Override
    public synchronized Set<ProcessMark> spoken() {
        return Set.copyOf(spoken);
    }

    @Override
    public synchronized Set<AgentPane> panes() {
        return Set.copyOf(panes);
    }
}
