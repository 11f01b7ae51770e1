package dev.agenttower.core.event;

import java.util.List;
import java.util.Set;

/** The events in the audit trail. An implementation must be thread-safe. */
public interface EventTrail {
    /**
     * Appends one line for each event, in their order, and has all on disk when it returns.
     *
     * @throws dev.agenttower.core.audit.AuditUnavailableException if some may not be on disk
     */
    void append(List<Event> events);

    /**
     * The ids of the events at the end of the trail: of the last hundred at least those whose lines lie in its last 8 MiB; empty if it cannot
     * be read.
     */
    Set<Long> latest();
}
