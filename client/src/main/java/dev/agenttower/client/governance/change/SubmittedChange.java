package dev.agenttower.client.governance.change;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A change request that waits for a human.
 *
 * @param id such as {@code scr_20260220_150000_001}
 * @param isAlreadyPending whether an identical proposal was already pending, under this id
 * @param message a sentence for a person
 */
public record SubmittedChange(String id, boolean isAlreadyPending, String message, JsonNode json) {}
