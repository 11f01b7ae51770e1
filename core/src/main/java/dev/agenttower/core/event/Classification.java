package dev.agenttower.core.event;

/**
 * What a record means.
 *
 * @param excerpt the record without secrets and sequences of the terminal, cut to its limit
 */
public record Classification(EventType type, String ruleId, String excerpt) {}
