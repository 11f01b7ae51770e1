package dev.agenttower.client.governance.change;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The number of changes that wait for a human.
 *
 * @param text one short line, empty if there are none
 */
public record PendingAuthorizations(int count, String text, JsonNode json) {}
