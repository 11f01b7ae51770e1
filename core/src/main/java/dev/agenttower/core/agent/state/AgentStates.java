package dev.agenttower.core.agent.state;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What agents do at present. Kept in memory: after a restart an agent is unknown until its next sign or reading. Thread-safe.
 */
public final class AgentStates {
    /** For how long a working agent may give no sign where nothing is set. */
    public static final Duration DEFAULT_STUCK_AFTER = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Duration stuckAfter;
    private final Map<AgentId, StateMachine> machines = new HashMap<>();
    private final Map<AgentId, AgentStatus> told = new HashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Nothing is known yet.
     *
     * @param stuckAfter for how long a working agent may give no sign
     */
    public AgentStates(InstantSource clock, Duration stuckAfter) {
        this.clock = requireNonNull(clock, "clock");
        this.stuckAfter = requireNonNull(stuckAfter, "stuckAfter");
    }

    /** Receives changes of states. */
    @FunctionalInterface
    public interface Listener {
        /**
         * An agent has another state. Called on the thread that brought the change; two changes of one agent may arrive at the same time.
         *
         * @param before the state before, which is {@link AgentStatus#UNKNOWN} for the first one
         */
        void changed(AgentId agent, AgentStatus before, AgentStatus now);
    }

    /**
     * How many agents there are.
     *
     * @param needPerson those that go on only if a person does something
     * @param working those at work
     */
    public record Counts(int needPerson, int working) {}

    /** Calls a listener after each change of a state. */
    public void onChanged(Listener listener) {
        listeners.add(requireNonNull(listener, "listener"));
    }

    /** Takes what a hook tells of an agent. */
    public void take(AgentId agent, Sign sign) {
        Instant now = clock.instant();
        Change change;
        synchronized (machines) {
            StateMachine machine = machines.computeIfAbsent(agent, id -> new StateMachine(stuckAfter));
            // What changed by the time alone since the last look comes first.
            machine.at(now);
            machine.take(sign, now);
            change = look(agent, machine, now);
        }
        tell(change);
    }

    /**
     * Takes what a client shows of an agent.
     *
     * @param at when the client was looked at: before it was read
     */
    public void take(AgentId agent, Reading reading, Instant at) {
        Change change;
        synchronized (machines) {
            StateMachine machine = machines.computeIfAbsent(agent, id -> new StateMachine(stuckAfter));
            machine.take(reading, at);
            change = look(agent, machine, clock.instant());
        }
        tell(change);
    }

    /** Tells of what changed by the time alone, and forgets all agents but these. To be called about once a second. */
    public void refresh(Collection<AgentId> present) {
        Instant now = clock.instant();
        List<Change> changes;
        synchronized (machines) {
            machines.keySet().retainAll(present);
            told.keySet().retainAll(present);
            changes = machines.entrySet().stream()
                    .map(entry -> look(entry.getKey(), entry.getValue(), now))
                    .toList();
        }
        changes.forEach(this::tell);
    }

    /** The state of an agent. */
    public AgentStatus of(AgentId agent) {
        synchronized (machines) {
            StateMachine machine = machines.get(agent);
            return machine == null ? AgentStatus.UNKNOWN : machine.at(clock.instant());
        }
    }

    /** The agents of which something is known. */
    public List<AgentId> known() {
        synchronized (machines) {
            return List.copyOf(machines.keySet());
        }
    }

    /** How many agents work, and how many need a person. */
    public Counts counts() {
        Instant now = clock.instant();
        int needPerson = 0;
        int working = 0;
        synchronized (machines) {
            for (StateMachine machine : machines.values()) {
                AgentState state = machine.at(now).state();
                needPerson += state.needsPerson() ? 1 : 0;
                working += state == AgentState.WORKING ? 1 : 0;
            }
        }
        return new Counts(needPerson, working);
    }

    private record Change(AgentId agent, AgentStatus before, AgentStatus now) {}

    private Change look(AgentId agent, StateMachine machine, Instant now) {
        AgentStatus found = machine.at(now);
        AgentStatus before = told.getOrDefault(agent, AgentStatus.UNKNOWN);
        told.put(agent, found);
        return new Change(agent, before, found);
    }

    private void tell(Change change) {
        if (change.before.state() != change.now.state()) {
            listeners.forEach(listener -> listener.changed(change.agent, change.before, change.now));
        }
    }
}
