package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.SessionMember;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Agents' processes in memory. Thread-safe. */
public final class InMemoryAgentProcesses implements AgentProcesses {
    private final Set<SessionMember> processes = new LinkedHashSet<>();
    private final Map<MarkedPane, MarkedPane> marked = new LinkedHashMap<>();
    private final Set<AgentPane> panes = new LinkedHashSet<>();

    /** No agents. */
    public InMemoryAgentProcesses() {}

    /** Registers an agent in a pane. */
    public synchronized void register(AgentPane pane) {
        panes.add(pane);
    }

    /** Unregisters all agents from their panes. */
    public synchronized void deactivate() {
        panes.clear();
    }

    @Override
    public synchronized AgentMarks marks() {
        return new AgentMarks(processes, Set.copyOf(marked.values()));
    }

    @Override
    public synchronized void change(Set<SessionMember> forgotten, AgentMarks remembered) {
        processes.removeAll(forgotten);
        processes.addAll(remembered.processes());
        for (MarkedPane pane : remembered.panes()) {
            MarkedPane shared = new MarkedPane(pane.server(), pane.paneId(), false);
            marked.merge(shared, pane, (known, fresh) -> known.isWhole() ? known : fresh);
        }
    }

    @Override
    public synchronized Set<AgentPane> panes() {
        return Set.copyOf(panes);
    }
}
