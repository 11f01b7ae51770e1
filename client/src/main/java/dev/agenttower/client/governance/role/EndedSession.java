package dev.agenttower.client.governance.role;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An ended session.
 *
 * @param eventId the id of the ledger event
 * @param commitHash the current commit of the project's work tree, or {@code unknown}
 */
public record EndedSession(String eventId, String commitHash, JsonNode json) {}
