package dev.agenttower.client.governance.role;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A session that was ended.
 *
 * @param eventId of the ledger
 * @param commitHash the commit that the project's work tree is at, or {@code unknown}
 */
public record EndedSession(String eventId, String commitHash, JsonNode json) {}
