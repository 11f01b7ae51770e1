package dev.agenttower.client.governance.role;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A started session.
 *
 * @param id the requested or generated id
 * @param eventId the id of the ledger event
 */
public record StartedSession(String id, String eventId, JsonNode json) {}
