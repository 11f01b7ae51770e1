package dev.agenttower.core.route;

import dev.agenttower.core.queue.MessageStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stored routes. An implementation must show writes of other processes at once, show only committed rows, and be thread-safe. Every method
 * throws {@link dev.agenttower.core.failure.StorageException} if the store cannot be read or written.
 */
public interface RouteStore {
    /** The routes by {@code created_at} and id. */
    List<Route> list(boolean enabledOnly);

    /** The enabled routes with events of their type behind their cursors, in the order of {@link #list}. */
    List<Route> behind();

    /** One route. */
    Optional<Route> find(String id);

    /** The enabled route with the most events of its type behind its cursor; of several the first of {@link #list}; empty if none is behind. */
    Optional<Lag> mostStalled();

    /**
     * The message that was delivered last to an agent before a time.
     *
     * @param until text that begins with a UTC time with at least three digits of fraction; later digits do not count
     */
    Optional<PriorMessage> lastDelivered(String agentId, String until);

    /**
     * Runs {@code work} in one write transaction and commits it; an exception of {@code work} rolls back and propagates.
     *
     * @throws dev.agenttower.core.failure.StorageBusyException if another writer does not finish within five seconds
     */
    <T> T write(Function<Writes, T> work);

    /** Operations on routes, and on messages, within a transaction. Valid only inside {@link #write}. */
    interface Writes {
        /** One route. */
        Optional<Route> find(String id);

        /** Stores a new route, with the greatest id of all stored events as its cursor, and returns it so. */
        Route insert(Route route);

        /** Deletes a route. Its messages stay. */
        void delete(String id);

        /** Enables or disables a route. */
        void setEnabled(String id, boolean enabled, String at);

        /** Moves the cursor of a route forward; does nothing if it is there or further already. */
        void advance(String id, long eventId, String at);

        /** Whether the route made a message of the event already. */
        boolean hasMessage(String id, long eventId);

        /** The messages, in the same transaction. */
        MessageStore.Writes messages();
    }

    /** A route, and the number of events that it is behind. */
    record Lag(String routeId, long events) {}

    /**
     * A delivered message, and the event of which a route made it.
     *
     * @param deliveredAt UTC, three digits of fraction
     * @param sourceId the agent of the event; null if no route made the message, or the event is gone
     * @param observedAt the time of the event, as stored; null like {@code sourceId}
     */
    record PriorMessage(
            String deliveredAt,
            @Nullable String sourceId,
            @Nullable String observedAt) {}
}
