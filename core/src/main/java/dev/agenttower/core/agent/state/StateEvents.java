package dev.agenttower.core.agent.state;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventStore;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.event.Span;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.time.Timestamps;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Makes events of changes of states, of the types that there are for logs: {@code waiting_for_input}, {@code completed}, {@code error},
 * {@code long_running}. They belong to no log. Thread-safe.
 */
public final class StateEvents implements AgentStates.Listener {
    private static final Span NOWHERE = new Span(0, 0);

    private final EventStore store;
    private final Runnable onStored;
    private final InstantSource clock;
    private final Executor executor;
    private final Consumer<Exception> onLost;

    /**
     * Events of changes that are yet to come.
     *
     * @param onStored called after an event was stored
     * @param executor stores events in their order; of an event that it rejects, {@code onLost} is told
     * @param onLost receives why an event could not be stored; it is not tried again
     */
    public StateEvents(
            EventStore store, Runnable onStored, InstantSource clock, Executor executor, Consumer<Exception> onLost) {
        this.store = requireNonNull(store, "store");
        this.onStored = requireNonNull(onStored, "onStored");
        this.clock = requireNonNull(clock, "clock");
        this.executor = requireNonNull(executor, "executor");
        this.onLost = requireNonNull(onLost, "onLost");
    }

    @Override
    public void changed(AgentId agent, AgentStatus before, AgentStatus now) {
        Optional<EventType> type = type(before, now);
        if (type.isEmpty()) {
            return;
        }
        String state = now.state().wire();
        Event event = new Event(
                0,
                type.get().wire(),
                agent.value(),
                "",
                "",
                NOWHERE,
                NOWHERE,
                Timestamps.micros(clock.instant()),
                now.detail().isEmpty() ? state : state + ": " + now.detail(),
                "state." + state + ".v1",
                Event.Debounced.NONE,
                1);
        try {
            executor.execute(() -> store(event));
        } catch (RejectedExecutionException full) {
            onLost.accept(full);
        }
    }

    private void store(Event event) {
        try {
            store.append(event);
        } catch (StorageException e) {
            onLost.accept(e);
            return;
        }
        onStored.run();
    }

    private static Optional<EventType> type(AgentStatus before, AgentStatus now) {
        return switch (now.state()) {
            case WAITING_PERMISSION, WAITING_INPUT -> Optional.of(EventType.WAITING_FOR_INPUT);
            case ERROR -> Optional.of(EventType.ERROR);
            case STUCK -> Optional.of(EventType.LONG_RUNNING);
            case IDLE -> hasCompleted(before, now) ? Optional.of(EventType.COMPLETED) : Optional.empty();
            case STARTING, WORKING, ENDED, UNKNOWN -> Optional.empty();
        };
    }

    /** An agent that was interrupted, or of which it is only seen that it does nothing any more, need not have completed anything. */
    private static boolean hasCompleted(AgentStatus before, AgentStatus now) {
        boolean hasWorked =
                before.state() == AgentState.WORKING || before.state().needsPerson();
        return hasWorked && now.evidence() == Evidence.HOOK && now.detail().isEmpty();
    }
}
