package dev.agenttower.core.memory;

/** The columns of a stored event that figures need. */
public record EventRow(long eventId, String eventType, String agentId, String observedAt) {}
