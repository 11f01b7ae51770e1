package dev.agenttower.core.event;

import dev.agenttower.core.audit.AuditUnavailableException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Appends stored events to the audit trail and marks them. An event is stored first, so a crash in between repeats its line at most, and only
 * if the end of the trail cannot be read at the next start. Used by one thread.
 */
final class EventAppends {
    private static final int BATCH = 50;

    private final EventStore store;
    private final EventTrail trail;
    private final ReaderTroubles troubles;
    private @Nullable Set<Long> written;

    EventAppends(EventStore store, EventTrail trail, ReaderTroubles troubles) {
        this.store = store;
        this.trail = trail;
        this.troubles = troubles;
    }

    /** Appends what was just stored; if something waits already, this waits behind it. */
    void append(List<Event> events, String at) {
        if (!events.isEmpty() && troubles.trail() == null) {
            appendAndMark(events, at);
        }
    }

    /** Appends what waits, as far as possible. */
    void retry(String at) {
        List<Event> waiting = store.unappended(BATCH);
        while (!waiting.isEmpty() && appendAndMark(waiting, at)) {
            waiting = waiting.size() < BATCH ? List.of() : store.unappended(BATCH);
        }
        if (waiting.isEmpty()) {
            troubles.appended();
        }
    }

    private boolean appendAndMark(List<Event> events, String at) {
        Set<Long> known = written == null ? trail.latest() : written;
        written = Set.of();
        List<Event> missing =
                events.stream().filter(event -> !known.contains(event.id())).toList();
        try {
            if (!missing.isEmpty()) {
                trail.append(missing);
            }
        } catch (AuditUnavailableException e) {
            // Some lines may have been written.
            written = null;
            troubles.notAppended(store.countUnappended(), at);
            return false;
        }
        store.markAppended(events.stream().map(Event::id).collect(Collectors.toSet()), at);
        return true;
    }
}
