package dev.agenttower.client.governance.change;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many changes wait for a human.
 *
 * @param text one short line, empty when nothing waits
 */
public record PendingAuthorizations(int count, String text, JsonNode json) {}
