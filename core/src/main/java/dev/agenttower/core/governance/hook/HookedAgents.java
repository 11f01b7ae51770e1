package dev.agenttower.core.governance.hook;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.ledger.ReservedEvents;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the agents whose hooks speak: a hook belongs to the agent in whose pane its client runs. A client without a terminal belongs to no
 * pane, such as the daemon of Codex, which runs the hooks of all its terminals. Thread-safe.
 */
public final class HookedAgents {
    private final Supplier<List<AgentListing>> onHost;
    private final AgentStates states;
    private final Listener listener;
    private final Map<AgentId, ProcessMark> clients = new ConcurrentHashMap<>();

    /**
     * Among the agents of the host.
     *
     * @param onHost the active agents in panes of the host
     * @param states takes what their hooks tell
     * @param listener hears that as well
     */
    public HookedAgents(Supplier<List<AgentListing>> onHost, AgentStates states, Listener listener) {
        this.onHost = requireNonNull(onHost, "onHost");
        this.states = requireNonNull(states, "states");
        this.listener = requireNonNull(listener, "listener");
    }

    /** No agents. */
    public static HookedAgents none() {
        return new HookedAgents(
                List::of,
                new AgentStates(InstantSource.system(), AgentStates.DEFAULT_STUCK_AFTER),
                (agent, sign, spoken) -> {});
    }

    /** The states of the agents. */
    public AgentStates states() {
        return states;
    }

    /**
     * Takes what a hook tells. A client that another one of the same pane started, such as {@code claude -p} in a command of an agent, tells
     * nothing of that agent.
     *
     * @param spoken the prompt or the last message that the hook shows, or empty
     * @param client the process of the client
     * @param lineage the process of the hook and its ancestors, nearest first, the client among them
     * @throws dev.agenttower.core.failure.StorageException if the agents cannot be read
     */
    public void take(Sign sign, String spoken, LiveProcess client, List<LiveProcess> lineage) {
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
        listener.heard(agent.get(), sign, spoken);
    }

    /** The process of the client that was last heard of in the pane of an agent; empty if none was. */
    public Optional<ProcessMark> client(AgentId agent) {
        return Optional.ofNullable(clients.get(agent));
    }

    /** The active agents in panes of the host. */
    public List<AgentListing> onHost() {
        return onHost.get();
    }

    /**
     * The agent in whose pane a process runs, also below another terminal in it.
     *
     * @param agents the agents to choose from
     * @param lineage the process and its ancestors, nearest first
     */
    public static Optional<Agent> inPane(List<AgentListing> agents, List<LiveProcess> lineage) {
        return inPane(agents, lineage.stream());
    }

    /**
     * The name of the agent in whose pane a process runs, for records: its label, or its id where the label cannot be the name of an agent.
     *
     * @param lineage the process and its ancestors, nearest first
     * @throws dev.agenttower.core.failure.StorageException if the agents cannot be read
     */
    public Optional<String> nameOf(List<LiveProcess> lineage) {
        return inPane(onHost.get(), lineage).map(HookedAgents::name);
    }

    private static String name(Agent agent) {
        String label = agent.label().strip();
        try {
            return label.isEmpty() ? agent.id().value() : Limits.name("label", ReservedEvents.checked(label));
        } catch (RefusedException e) {
            return agent.id().value();
        }
    }

    private Optional<AgentId> agentOf(LiveProcess client, List<LiveProcess> above) {
        List<AgentListing> agents = onHost.get();
        clients.keySet()
                .retainAll(agents.stream().map(each -> each.agent().id()).toList());
        return inPane(agents, above.stream().takeWhile(process -> process.terminal() == client.terminal()))
                .map(Agent::id);
    }

    /**
     * The first process of a pane leads a kernel session on the terminal of the pane, which a later process of the same number does not.
     */
    private static Optional<Agent> inPane(List<AgentListing> agents, Stream<LiveProcess> lineage) {
        return lineage.filter(
                        process -> process.hasTerminal() && process.member().leads())
                .flatMap(process -> agents.stream()
                        .filter(each -> each.panePid() != null
                                && each.panePid() == process.mark().pid()))
                .map(AgentListing::agent)
                .findFirst();
    }

    /** Hears what hooks tell. Called on the thread that serves the hook. */
    @FunctionalInterface
    public interface Listener {
        /** The hook of an agent told something. */
        void heard(AgentId agent, Sign sign, String spoken);
    }
}
