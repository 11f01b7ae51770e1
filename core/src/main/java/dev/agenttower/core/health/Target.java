package dev.agenttower.core.health;

/**
 * The object of a recommendation.
 *
 * @param kind {@code container}, {@code pane}, {@code agent}, {@code route}, {@code message}, {@code event} or {@code subsystem}
 * @param id its id; the tmux id of a pane
 */
public record Target(String kind, String id) {}
