package dev.agenttower.core.governance.role;

/**
 * What is known when a session has ended.
 *
 * @param eventId the event that tells of it
 * @param commitHash the commit that the files were at; {@code unknown} when that cannot be told
 * @param unknown of what it could not be told whether it is committed, as text for a person; empty for nothing
 */
public record EndedSession(String eventId, String commitHash, String unknown) {}
