package dev.agenttower.core.governance.ledger;

import java.util.List;

/**
 * A page of the ledger.
 *
 * @param events the events, oldest first
 * @param before the position before them, from which older events can be read
 * @param after the position after them, from which newer events can be read, including those not yet written
 * @param hasMore whether the search stopped at the limit, so that there may be more events in its direction
 */
public record LedgerPage(List<LedgerEvent> events, LedgerCursor before, LedgerCursor after, boolean hasMore) {
    /** Copies the events. */
    public LedgerPage {
        events = List.copyOf(events);
    }
}
