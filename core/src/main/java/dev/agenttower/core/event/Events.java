package dev.agenttower.core.event;

/**
 * What clients see of events.
 *
 * @param store the stored events
 * @param following the sessions of those who follow
 * @param classifier the rules
 */
public record Events(EventStore store, EventFollowing following, EventClassifier classifier) {}
