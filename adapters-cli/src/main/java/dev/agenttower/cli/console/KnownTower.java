package dev.agenttower.cli.console;

import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.PaneAgent;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.inbox.InboxItem;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of the tower.
 *
 * @param panes the active panes
 * @param waiting what waits for the human, in all projects and of all agents
 * @param isDelivering whether prompts are delivered, which the kill switch stops
 * @param trouble why the rest is old or missing; empty if it is not
 */
record KnownTower(List<BenchPane> panes, List<InboxItem> waiting, boolean isDelivering, String trouble) {
    /** Nothing is known so far. */
    static final KnownTower UNKNOWN = new KnownTower(List.of(), List.of(), true, "asking the daemon");

    private static final Comparator<BenchPane> BY_URGENCY = Comparator.<BenchPane>comparingInt(
                    pane -> pane.agent().map(KnownTower::rank).orElse(0))
            .thenComparing(pane -> pane.agent().map(PaneAgent::name).orElse(""))
            .thenComparing(BenchPane::address);

    /** Copies the lists. */
    KnownTower {
        panes = List.copyOf(panes);
        waiting = List.copyOf(waiting);
    }

    /** The same, with the reason why there is nothing newer. */
    KnownTower with(String newTrouble) {
        return new KnownTower(panes, waiting, isDelivering, newTrouble);
    }

    /** The panes with agents: first those that need the human, then those at work. */
    List<BenchPane> agents() {
        return panes.stream().filter(pane -> !pane.isFree()).sorted(BY_URGENCY).toList();
    }

    /** The panes that can be adopted. */
    List<BenchPane> free() {
        return panes.stream().filter(BenchPane::isFree).toList();
    }

    /** What waits: first the changes that only a human can authorize. */
    List<InboxItem> waitingInOrder() {
        return waiting.stream()
                .sorted(Comparator.comparing(InboxItem::kind)
                        .thenComparing(item -> Objects.requireNonNullElse(item.since(), ""))
                        .thenComparing(InboxItem::key))
                .toList();
    }

    /** How many changes wait for an authorization. */
    long pending() {
        return waiting.stream()
                .filter(item -> item.kind() == InboxItem.Kind.CHANGE)
                .count();
    }

    /** The pane of an agent, if it has one. */
    Optional<BenchPane> paneOf(String agentId) {
        return panes.stream()
                .filter(pane -> pane.agent()
                        .filter(agent -> agent.agentId().equals(agentId))
                        .isPresent())
                .findFirst();
    }

    long count(AgentState... states) {
        List<AgentState> wanted = List.of(states);
        return panes.stream()
                .flatMap(pane -> pane.agent().stream())
                .flatMap(agent -> state(agent).stream())
                .filter(wanted::contains)
                .count();
    }

    /** How many agents go on only if a person does something. */
    long needing() {
        return panes.stream()
                .flatMap(pane -> pane.agent().stream())
                .filter(PaneAgent::needsPerson)
                .count();
    }

    static Optional<AgentState> state(PaneAgent agent) {
        return AgentState.parse(agent.state());
    }

    private static int rank(PaneAgent agent) {
        return switch (state(agent).orElse(AgentState.UNKNOWN)) {
            case WAITING_PERMISSION, WAITING_INPUT, ERROR, STUCK -> 0;
            case WORKING, STARTING -> 1;
            case IDLE -> 2;
            case UNKNOWN -> 3;
            case ENDED -> 4;
        };
    }
}
