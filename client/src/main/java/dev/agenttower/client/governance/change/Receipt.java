package dev.agenttower.client.governance.change;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The word of the daemon that something was done and is on the ledger.
 *
 * @param eventId of the ledger
 */
public record Receipt(String eventId, JsonNode json) {}
