package dev.agenttower.core.memory;

/**
 * A queued message as a table holds it, as far as figures need it.
 *
 * @param state {@code queued}, {@code blocked}, {@code delivered}, {@code canceled} or {@code failed}
 * @param origin {@code direct} or {@code route}
 */
public record MessageRow(String messageId, String state, String origin, String targetAgentId, String enqueuedAt) {}
