package dev.agenttower.client.governance.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An event of a ledger.
 *
 * @param at in UTC, as in {@code 2026-02-20T21:13:15.067233Z}
 * @param specRef the related spec, or null
 */
public record LedgerEntry(
        String id,
        String at,
        String agent,
        String role,
        String actionType,
        String description,
        @Nullable String specRef,
        boolean isAuthorized,
        JsonNode json) {
    /** Whether its writer was not the daemon, so that it proves nothing. */
    public boolean isExternal() {
        return json.path("origin").asText().equals("external");
    }
}
