package dev.agenttower.core.memory;

/** A route as a table holds it, as far as figures need it. */
public record RouteRow(String routeId, boolean enabled, String createdAt) {}
