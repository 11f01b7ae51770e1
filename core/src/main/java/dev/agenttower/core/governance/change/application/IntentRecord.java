package dev.agenttower.core.governance.change.application;

/**
 * A record of a change in progress as found in the project, of any origin.
 *
 * @param name its name, unique in the project
 * @param sha256 the SHA-256 of its content; that of empty content where it cannot be read or is too large for a record
 */
public record IntentRecord(String name, String sha256) {}
