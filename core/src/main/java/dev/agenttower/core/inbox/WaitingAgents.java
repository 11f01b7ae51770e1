package dev.agenttower.core.inbox;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.agent.state.AgentStatus;
import dev.agenttower.core.time.Timestamps;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The agents that go on only if a person does something. Thread-safe. */
public final class WaitingAgents implements InboxSource {
    private final AgentStates states;
    private final AgentStore agents;

    /** The agents of a store. */
    public WaitingAgents(AgentStates states, AgentStore agents) {
        this.states = requireNonNull(states, "states");
        this.agents = requireNonNull(agents, "agents");
    }

    @Override
    public List<InboxItem> waiting() {
        return states.known().stream()
                .flatMap(id -> waiting(id).stream())
                .sorted(Comparator.comparing(InboxItem::since, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }

    private Optional<InboxItem> waiting(AgentId id) {
        AgentStatus status = states.of(id);
        if (!status.state().needsPerson()) {
            return Optional.empty();
        }
        Instant since = status.since();
        return agents.find(id)
                .map(AgentListing::agent)
                .map(agent -> new InboxItem(
                        InboxItem.Kind.AGENT,
                        id.value(),
                        null,
                        agent.label().isEmpty() ? id.value() : agent.label(),
                        status.state().wire(),
                        status.detail(),
                        null,
                        null,
                        since == null ? null : Timestamps.millis(since)));
    }
}
