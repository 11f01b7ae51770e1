package dev.agenttower.core.governance.hook;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Finds the agents whose hooks speak: a hook belongs to the agent in whose pane its client runs. A client without a terminal belongs to no
 * pane, such as the daemon of Codex, which runs the hooks of all its terminals. Thread-safe.
 */
public final class HookedAgents {
    private final Supplier<List<AgentListing>> onHost;
    private final AgentStates states;
    private final Map<AgentId, ProcessMark> clients = new ConcurrentHashMap<>();

    /**
     * Among the agents of the host.
     *
     * @param onHost the active agents in panes of the host
     * @param states takes what their hooks tell
     */
    public HookedAgents(Supplier<List<AgentListing>> onHost, AgentStates states) {
        this.onHost = requireNonNull(onHost, "onHost");
        this.states = requireNonNull(states, "states");
    }

    /** No agents. */
    public static HookedAgents none() {
        return new HookedAgents(List::of, new AgentStates(InstantSource.system(), AgentStates.DEFAULT_STUCK_AFTER));
    }

    /** The states of the agents. */
    public AgentStates states() {
        return states;
    }

    /**
     * Takes what a hook tells. A client that another one of the same pane started, such as {@code claude -p} in a command of an agent, tells
     * nothing of that agent.
     *
     * @param client the process of the client
     * @param lineage the process of the hook and its ancestors, nearest first, the client among them
     * @throws dev.agenttower.core.failure.StorageException if the agents cannot be read
     */
    public void take(Sign sign, LiveProcess client, List<LiveProcess> lineage) {
        int place = lineage.indexOf(client);
        if (place < 0 || !client.hasTerminal()) {
            return;
        }
        List<LiveProcess> above = lineage.subList(place, lineage.size());
        Optional<AgentId> agent = agentOf(client, above);
        if (agent.isEmpty()) {
            return;
        }
        ProcessMark known = clients.get(agent.get());
        boolean isStartedByKnown = known != null
                && above.stream().skip(1).anyMatch(process -> process.mark().equals(known));
        if (isStartedByKnown) {
            return;
        }
        clients.put(agent.get(), client.mark());
        states.take(agent.get(), sign);
    }

    /** The process of the client that was last heard of in the pane of an agent; empty if none was. */
    public Optional<ProcessMark> client(AgentId agent) {
        return Optional.ofNullable(clients.get(agent));
    }

    private Optional<AgentId> agentOf(LiveProcess client, List<LiveProcess> above) {
        List<AgentListing> agents = onHost.get();
        clients.keySet()
                .retainAll(agents.stream().map(each -> each.agent().id()).toList());
        // The first process of a pane leads a kernel session on the terminal of the pane, which a later process of the
        // same number does not.
        return above.stream()
                .takeWhile(process -> process.terminal() == client.terminal())
                .filter(process -> process.member().leads())
                .flatMap(process -> agents.stream()
                        .filter(each -> each.panePid() != null
                                && each.panePid() == process.mark().pid()))
                .map(each -> each.agent().id())
                .findFirst();
    }
}
