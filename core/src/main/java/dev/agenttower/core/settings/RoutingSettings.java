package dev.agenttower.core.settings;

/**
 * The bounds of routes, {@code [routing]} of the settings.
 *
 * @param maxHops how often messages of routes that answer each other may come back to an agent, at least 0
 */
public record RoutingSettings(int maxHops) {
    /** What holds where nothing is set. */
    public static final RoutingSettings DEFAULT = new RoutingSettings(4);
}
