package dev.agenttower.core.governance.role;

/**
 * What is known when a session has ended.
 *
 * @param eventId the event that tells of it
 * @param commitHash the commit that the files were at; {@code unknown} when that cannot be told
 */
public record EndedSession(String eventId, String commitHash) {}
