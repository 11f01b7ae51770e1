package dev.agenttower.core.memory;

import dev.agenttower.core.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * A stored event.
 *
 * @param appendedAt when it was appended to the audit trail; null before
 */
public record EventRow(Event event, @Nullable String appendedAt) {
    /** An event of which only this matters. */
    public EventRow(long eventId, String eventType, String agentId, String observedAt) {
        this(
                new Event(
                        eventId,
                        eventType,
                        agentId,
                        null,
                        null,
                        null,
                        null,
                        observedAt,
                        "excerpt",
                        null,
                        Event.Debounced.NONE,
                        1),
                null);
    }

    long eventId() {
        return event.id();
    }

    String eventType() {
        return event.type();
    }

    String agentId() {
        return event.agentId();
    }

    String observedAt() {
        return event.observedAt();
    }
}
