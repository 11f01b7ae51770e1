package dev.agenttower.client.governance.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Events of a ledger, oldest first.
 *
 * @param before the cursor before them
 * @param after the cursor after them; a search from it returns later events
 * @param hasMore whether there may be more in the direction of the search
 */
public record LedgerSlice(List<LedgerEntry> events, String before, String after, boolean hasMore, JsonNode json) {
    /** Copies the events. */
    public LedgerSlice {
        events = List.copyOf(events);
    }
}
