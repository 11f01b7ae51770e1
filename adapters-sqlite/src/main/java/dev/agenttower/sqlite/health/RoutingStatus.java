package dev.agenttower.sqlite.health;

import org.jspecify.annotations.Nullable;

/**
 * What the database tells of the routing of events.
 *
 * @param value {@code enabled} or {@code disabled}; null where the row of the switch is missing, as the next two
 * @param lastUpdatedAt when the switch was last set
 * @param lastUpdatedBy who last set the switch
 * @param routesTotal all routes
 * @param routesEnabled the routes that are in use
 * @param routesDisabled the routes that are not
 */
public record RoutingStatus(
        @Nullable String value,
        @Nullable String lastUpdatedAt,
        @Nullable String lastUpdatedBy,
        long routesTotal,
        long routesEnabled,
        long routesDisabled) {}
