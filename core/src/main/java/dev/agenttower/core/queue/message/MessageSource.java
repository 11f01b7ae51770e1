package dev.agenttower.core.queue.message;

import org.jspecify.annotations.Nullable;

/**
 * How a message came to be.
 *
 * @param routeId the route that made it, or null
 * @param eventId the event that the route consumed, or null
 */
public record MessageSource(
        Origin origin, @Nullable String routeId, @Nullable Long eventId) {
    /** Sent by an agent or a person. */
    public static final MessageSource DIRECT = new MessageSource(Origin.DIRECT, null, null);

    /** Made by a route from an event; a route makes at most one message of an event. */
    public static MessageSource route(String routeId, long eventId) {
        return new MessageSource(Origin.ROUTE, routeId, eventId);
    }
}
