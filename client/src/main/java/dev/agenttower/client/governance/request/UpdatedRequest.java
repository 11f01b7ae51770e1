package dev.agenttower.client.governance.request;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request with a changed status.
 *
 * @param id such as {@code REQ-028}
 * @param newStatus such as {@code COMPLETED}
 * @param eventId the id of the ledger event
 */
public record UpdatedRequest(String id, String newStatus, String eventId, JsonNode json) {}
