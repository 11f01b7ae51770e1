package dev.agenttower.client.governance.role;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A session that was started.
 *
 * @param id the one that was asked for, or the one that the daemon has made
 * @param eventId of the ledger
 */
public record StartedSession(String id, String eventId, JsonNode json) {}
