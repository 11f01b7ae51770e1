package dev.agenttower.core.memory;

import dev.agenttower.core.route.Route;
import dev.agenttower.core.route.RouteDefinition;
import dev.agenttower.core.route.RouteRule;

/** A stored route. */
public record RouteRow(Route route) {
    /** A row of which only the columns matter that figures need. */
    public RouteRow(String routeId, boolean enabled, String createdAt) {
        this(new Route(
                routeId,
                new RouteDefinition(
                        "completed",
                        new RouteRule("any", null),
                        new RouteRule("source", null),
                        new RouteRule("auto", null),
                        "{event_type}"),
                enabled,
                0,
                createdAt,
                createdAt,
                null));
    }

    /** The id. */
    public String routeId() {
        return route.id();
    }

    /** Whether it is enabled. */
    public boolean enabled() {
        return route.enabled();
    }

    /** When it was created. */
    public String createdAt() {
        return route.createdAt();
    }
}
