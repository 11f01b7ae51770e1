package dev.agenttower.core.event;

import dev.agenttower.core.audit.AuditUnavailableException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Appends stored events to the audit trail and marks them. An event is stored first, so a crash in between repeats its line at most, and only
 * if the end of the trail cannot be read at the next start. Used by one thread.
 */
final class EventAppends {
    private static final int BATCH = 50;

    private final EventStore store;
    private final EventTrail trail;
    private final ReaderTroubles troubles;
    private boolean isCaughtUp;

    EventAppends(EventStore store, EventTrail trail, ReaderTroubles troubles) {
        this.store = store;
        this.trail = trail;
        this.troubles = troubles;
    }

    /** Appends what was just stored; if something may wait already, this waits behind it. */
    void append(List<Event> events, String at) {
        if (!events.isEmpty() && isCaughtUp) {
            appendAndMark(events, Set.of(), at);
        }
    }

    /** Appends what waits, as far as possible. */
    void retry(String at) {
        List<Event> waiting = store.unappended(BATCH);
        // Lines of waiting events may be there already: the last ones before a crash or a failure.
        Set<Long> written = isCaughtUp || waiting.isEmpty() ? Set.of() : trail.latest();
        while (!waiting.isEmpty() && appendAndMark(waiting, written, at)) {
            waiting = waiting.size() < BATCH ? List.of() : store.unappended(BATCH);
        }
        if (waiting.isEmpty()) {
            isCaughtUp = true;
            troubles.appended();
        }
    }

    private boolean appendAndMark(List<Event> events, Set<Long> written, String at) {
        List<Event> missing =
                events.stream().filter(event -> !written.contains(event.id())).toList();
        boolean wasCaughtUp = isCaughtUp;
        isCaughtUp = false; // until they are marked as well
        try {
            if (!missing.isEmpty()) {
                trail.append(missing);
            }
        } catch (AuditUnavailableException e) {
            troubles.notAppended(store.countUnappended(), at);
            return false;
        }
        store.markAppended(events.stream().map(Event::id).collect(Collectors.toSet()), at);
        isCaughtUp = wasCaughtUp;
        return true;
    }
}
