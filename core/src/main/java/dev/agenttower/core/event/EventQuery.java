package dev.agenttower.core.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted.
 *
 * @param agentId null is all
 * @param types empty is all types of {@link EventType}; never records of the queue
 * @param since the earliest time, inclusive, in the form of {@code observed_at}
 * @param until the end of time, exclusive
 */
public record EventQuery(
        @Nullable String agentId,
        Set<EventType> types,
        @Nullable String since,
        @Nullable String until) {
    /** Every event. */
    public static final EventQuery ALL = new EventQuery(null, Set.of(), null, null);

    /** Copies the types. */
    public EventQuery {
        types = Set.copyOf(types);
    }

    /** Whether an event is wanted. */
    public boolean takes(Event event) {
        return (agentId == null || agentId.equals(event.agentId()))
                && EventType.parse(event.type())
                        .filter(type -> types.isEmpty() || types.contains(type))
                        .isPresent()
                && (since == null || event.observedAt().compareTo(since) >= 0)
                && (until == null || event.observedAt().compareTo(until) < 0);
    }
}
