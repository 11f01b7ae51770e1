package dev.agenttower.core.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one visit of a log stores.
 *
 * @param events in the order of their ids
 * @param from the offset that the visit began with; null if the offset does not change
 * @param to the offset after it; null likewise
 * @param windowBefore the activity that was not an event yet
 * @param windowAfter the activity that is not an event now
 */
public record LogCommit(
        AttachedLog log,
        List<Event> events,
        @Nullable ReadOffset from,
        @Nullable ReadOffset to,
        @Nullable ActivityWindow windowBefore,
        @Nullable ActivityWindow windowAfter) {
    /** Copies the events. */
    public LogCommit {
        events = List.copyOf(events);
    }
}
