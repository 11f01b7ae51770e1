package dev.agenttower.core.governance.change.application;

/**
 * A record of a change under way as it was found, whoever made it.
 *
 * @param name what tells it from others
 * @param sha256 the SHA-256 of what it holds; of nothing, where that cannot be read or is too much for a record
 */
public record IntentRecord(String name, String sha256) {}
