package dev.agenttower.client.governance.request;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request that was filed.
 *
 * @param id such as {@code REQ-028}
 * @param status {@code OPEN}
 * @param eventId of the ledger
 */
public record FiledRequest(String id, String status, String eventId, JsonNode json) {}
