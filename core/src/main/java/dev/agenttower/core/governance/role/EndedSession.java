package dev.agenttower.core.governance.role;

/**
 * The result of ending a session.
 *
 * @param eventId the id of its ledger event
 * @param commitHash the current commit; {@code unknown} if it cannot be determined
 * @param unknown a text for the user on files whose commit state is unknown; empty for none
 */
public record EndedSession(String eventId, String commitHash, String unknown) {}
