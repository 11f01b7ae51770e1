package dev.agenttower.core.route;

import org.jspecify.annotations.Nullable;

/**
 * A stored route. Only {@code enabled}, {@code cursor} and {@code updatedAt} ever change.
 *
 * @param id a UUID in lower case
 * @param cursor the id of the last event that it is done with; it takes later ones only
 * @param createdAt UTC with three digits of fraction, like {@code updatedAt}
 * @param createdBy who created it; null for a control panel
 */
public record Route(
        String id,
        RouteDefinition definition,
        boolean enabled,
        long cursor,
        String createdAt,
        String updatedAt,
        @Nullable String createdBy) {
    /** A copy with another cursor. */
    public Route withCursor(long eventId, String at) {
        return new Route(id, definition, enabled, eventId, createdAt, at, createdBy);
    }

    /** A copy that is enabled or disabled. */
    public Route withEnabled(boolean isEnabled, String at) {
        return new Route(id, definition, isEnabled, cursor, createdAt, at, createdBy);
    }
}
