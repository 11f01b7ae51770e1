package dev.agenttower.client.governance.change;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The daemon's confirmation of an action, which the ledger records.
 *
 * @param eventId the id of the ledger event
 */
public record Receipt(String eventId, JsonNode json) {}
