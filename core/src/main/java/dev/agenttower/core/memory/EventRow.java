package dev.agenttower.core.memory;

/** An event as a table holds it, as far as figures need it. */
public record EventRow(long eventId, String eventType, String agentId, String observedAt) {}
