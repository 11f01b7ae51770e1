package dev.agenttower.core.governance.ledger;

import java.util.List;

/**
 * A page of the ledger.
 *
 * @param events the events, oldest first
 * @param before the place before them: asking for what is before it gives older events
 * @param after the place after them: asking for what is after it gives newer events, also those that are not written yet
 * @param hasMore whether the search stopped at the limit, so that there may be more in its direction
 */
public record LedgerPage(List<LedgerEvent> events, LedgerCursor before, LedgerCursor after, boolean hasMore) {
    /** Copies the events. */
    public LedgerPage {
        events = List.copyOf(events);
    }
}
