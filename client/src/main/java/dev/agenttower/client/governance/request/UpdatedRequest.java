package dev.agenttower.client.governance.request;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request whose status was changed.
 *
 * @param id such as {@code REQ-028}
 * @param newStatus such as {@code COMPLETED}
 * @param eventId of the ledger
 */
public record UpdatedRequest(String id, String newStatus, String eventId, JsonNode json) {}
