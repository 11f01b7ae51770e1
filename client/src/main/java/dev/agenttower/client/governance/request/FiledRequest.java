package dev.agenttower.client.governance.request;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A filed request.
 *
 * @param id such as {@code REQ-028}
 * @param status {@code OPEN}
 * @param eventId the id of the ledger event
 */
public record FiledRequest(String id, String status, String eventId, JsonNode json) {}
