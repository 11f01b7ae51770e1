package dev.agenttower.core.memory;

/**
 * The columns of a stored message that figures need.
 *
 * @param state {@code queued}, {@code blocked}, {@code delivered}, {@code canceled} or {@code failed}
 * @param origin {@code direct} or {@code route}
 */
public record MessageRow(String messageId, String state, String origin, String targetAgentId, String enqueuedAt) {}
