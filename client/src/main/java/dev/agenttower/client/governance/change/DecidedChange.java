package dev.agenttower.client.governance.change;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A decided change request.
 *
 * @param newStatus {@code authorized}, {@code rejected} or {@code withdrawn}
 */
public record DecidedChange(String id, String newStatus, JsonNode json) {}
