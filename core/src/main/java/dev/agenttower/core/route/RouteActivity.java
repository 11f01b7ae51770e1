package dev.agenttower.core.route;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the worker of routes did since the start of the daemon. Thread-safe. */
public final class RouteActivity {
    private static final long WINDOW_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int MOST_SKIPS = 10_000;

    private final LongSupplier ticker;
    private final Map<String, OfRoute> byRoute = new HashMap<>();
    private final Map<String, Long> skipsByReason = new TreeMap<>();
    private final Deque<Long> recentSkips = new ArrayDeque<>();
    private @Nullable String lastCycleAt;
    private long consumed;
    private boolean isDegraded;
    // Since the last heartbeat.
    private long newCycles;
    private long newConsumed;
    private long newSkips;

    /**
     * Nothing was done.
     *
     * @param ticker real time, in nanoseconds from any origin
     */
    public RouteActivity(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /**
     * What was done in all.
     *
     * @param lastCycleAt when the worker looked last, UTC with three digits of fraction; null before
     * @param consumed the number of events of which messages were made
     * @param skipsByReason the number of skipped events for each reason that occurred
     * @param isDegraded whether a route could not be worked on in the last cycle; it is tried again
     */
    public record Totals(
            @Nullable String lastCycleAt, long consumed, Map<String, Long> skipsByReason, boolean isDegraded) {
        /** Copies the reasons. */
        public Totals {
            skipsByReason = Map.copyOf(skipsByReason);
        }
    }

    /**
     * What was done for one route.
     *
     * @param consumed the number of events of which messages were made
     * @param lastSkip the reason of the last skipped event, or null
     * @param lastSkipAt when that was; null like {@code lastSkip}
     */
    public record OfRoute(
            long consumed,
            @Nullable String lastSkip,
            @Nullable String lastSkipAt) {
        private static final OfRoute NOTHING = new OfRoute(0, null, null);
    }

    /** What was done since the last heartbeat. */
    record Heartbeat(long cycles, long consumed, long skips, boolean isDegraded) {}

    synchronized void matched(String routeId) {
        OfRoute known = of(routeId);
        byRoute.put(routeId, new OfRoute(known.consumed + 1, known.lastSkip, known.lastSkipAt));
        consumed++;
        newConsumed++;
    }

    synchronized void skipped(String routeId, SkipReason reason, String at) {
        byRoute.put(routeId, new OfRoute(of(routeId).consumed, reason.wire(), at));
        skipsByReason.merge(reason.wire(), 1L, Long::sum);
        recentSkips.addLast(ticker.getAsLong());
        if (recentSkips.size() > MOST_SKIPS) {
            recentSkips.removeFirst();
        }
        newSkips++;
    }

    synchronized void cycleEnded(String at, boolean degraded) {
        lastCycleAt = at;
        isDegraded = degraded;
        newCycles++;
    }

    synchronized void forget(String routeId) {
        byRoute.remove(routeId);
    }

    /** What was done since this was called last. */
    synchronized Heartbeat takeHeartbeat() {
        Heartbeat taken = new Heartbeat(newCycles, newConsumed, newSkips, isDegraded);
        newCycles = 0;
        newConsumed = 0;
        newSkips = 0;
        return taken;
    }

    /** What was done in all. */
    public synchronized Totals totals() {
        return new Totals(lastCycleAt, consumed, skipsByReason, isDegraded);
    }

    /** What was done for a route. */
    public synchronized OfRoute of(String routeId) {
        return byRoute.getOrDefault(routeId, OfRoute.NOTHING);
    }

    /** The number of events that were skipped within the last five minutes, at most 10,000. */
    public synchronized int recentSkips() {
        long now = ticker.getAsLong();
        while (!recentSkips.isEmpty() && now - recentSkips.getFirst() >= WINDOW_NANOS) {
            recentSkips.removeFirst();
        }
        return recentSkips.size();
    }
}
