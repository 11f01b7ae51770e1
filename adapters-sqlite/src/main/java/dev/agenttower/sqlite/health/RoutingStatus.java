package dev.agenttower.sqlite.health;

import org.jspecify.annotations.Nullable;

/**
 * The stored state of event routing.
 *
 * @param value {@code enabled} or {@code disabled}; null, like the next two, if the switch's row is missing
 * @param lastUpdatedAt the time when the switch was last set
 * @param lastUpdatedBy the last person or program to set it
 * @param routesTotal the number of routes
 * @param routesEnabled the number of enabled routes
 * @param routesDisabled the number of disabled routes
 */
public record RoutingStatus(
        @Nullable String value,
        @Nullable String lastUpdatedAt,
        @Nullable String lastUpdatedBy,
        long routesTotal,
        long routesEnabled,
        long routesDisabled) {}
