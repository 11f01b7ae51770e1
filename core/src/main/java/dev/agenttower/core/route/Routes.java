package dev.agenttower.core.route;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.FreshIds;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.time.Timestamps;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Adds, lists, enables, disables and removes routes. Changes are audited after they are stored. Thread-safe. */
public final class Routes {
    private static final int QUOTED = 64;

    private final RouteStore store;
    private final RouteAudit audit;
    private final RouteActivity activity;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Runnable changed;

    /**
     * The routes of a store.
     *
     * @param random the source of ids
     * @param changed tells the worker that it may have events to route
     */
    Routes(
            RouteStore store,
            RouteAudit audit,
            RouteActivity activity,
            InstantSource clock,
            RandomGenerator random,
            Runnable changed) {
        this.store = store;
        this.audit = audit;
        this.activity = activity;
        this.clock = clock;
        this.random = random;
        this.changed = changed;
    }

    /**
     * Adds an enabled route. It takes only events that are stored later.
     *
     * @param by who adds it; null for a control panel
     * @throws RefusedException if the definition breaks a rule, as {@link RouteDefinition#requireValid}
     */
    public Route add(RouteDefinition definition, @Nullable String by) {
        definition.requireValid();
        String now = Timestamps.millis(clock.instant());
        Route added = store.write(
                writes -> writes.insert(new Route(FreshIds.uuid(random), definition, true, 0, now, now, by)));
        audit.created(added);
        return added;
    }

    /** The routes, the oldest first. */
    public List<Route> list(boolean enabledOnly) {
        return store.list(enabledOnly);
    }

    /** One route. */
    public Optional<Route> find(String id) {
        return store.find(id);
    }

    /**
     * Removes a route; the messages that it made stay.
     *
     * @param by who removes it; null for a control panel
     * @return the route as it was
     * @throws RefusedException {@code ROUTE_ID_NOT_FOUND}
     */
    public Route remove(String id, @Nullable String by) {
        Route removed = store.write(writes -> {
            Route route = writes.find(id).orElseThrow(() -> unknown(id));
            writes.delete(id);
            return route;
        });
        activity.forget(id);
        audit.deleted(id, by);
        return removed;
    }

    /**
     * Enables or disables a route. If it is so already, nothing is written. Events that are stored while it is disabled are routed when it is
     * enabled again.
     *
     * @param by who changes it; null for a control panel
     * @return the route as it is now
     * @throws RefusedException {@code ROUTE_ID_NOT_FOUND}
     */
    public Route setEnabled(String id, boolean enabled, @Nullable String by) {
        Route before = store.find(id).orElseThrow(() -> unknown(id));
        if (before.enabled() == enabled) {
            return before;
        }
        String now = Timestamps.millis(clock.instant());
        Route after = store.write(writes -> {
            Route route = writes.find(id).orElseThrow(() -> unknown(id));
            writes.setEnabled(id, enabled, now);
            return route.withEnabled(enabled, now);
        });
        audit.updated(after, by);
        changed.run();
        return after;
    }

    /** What was done for a route since the start of the daemon. */
    public RouteActivity activity() {
        return activity;
    }

    /** The enabled route that is furthest behind, see {@link RouteStore#mostStalled}. */
    public Optional<RouteStore.Lag> mostStalled() {
        return store.mostStalled();
    }

    /** The refusal for a route that does not exist. */
    public static RefusedException unknown(String id) {
        return new RefusedException(
                ErrorCode.ROUTE_ID_NOT_FOUND,
                "no route has the id \"" + Text.abbreviated(id, QUOTED) + "\"; see route list",
                Map.of("route_id", id));
    }
}
