package dev.agenttower.core.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the dashboard, from one consistent state of the store.
 *
 * @param agentsByRole all six roles; roles outside the closed set are left out
 * @param queueByState all five states
 * @param firstActiveContainer the first active bench by id, or null
 * @param firstAdoptablePane the tmux id of the first active pane on an active bench without an active agent, by container id, socket, session,
 *     window, pane index and pane id; or null
 * @param oldestBlockedMessage the blocked message that was enqueued first, or null
 */
public record DashboardFigures(
        Containers containers,
        Panes panes,
        Agents agents,
        Map<String, Long> agentsByRole,
        LogAttachments logAttachments,
        long events,
        Map<String, Long> queueByState,
        Routes routes,
        List<RecentEvent> recentEvents,
        List<RecentMessage> recentMessages,
        List<RecentRoute> recentRoutes,
        @Nullable String firstActiveContainer,
        @Nullable String firstAdoptablePane,
        @Nullable String oldestBlockedMessage) {

    /** The figures of an empty store. */
    public static final DashboardFigures EMPTY = new DashboardFigures(
            new Containers(0, 0),
            new Panes(0, 0, 0, 0),
            new Agents(0, 0, 0, 0),
            zeros("master", "slave", "swarm", "test-runner", "shell", "unknown"),
            new LogAttachments(0, 0),
            0,
            zeros("queued", "blocked", "failed", "delivered", "canceled"),
            new Routes(0, 0),
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            null);

    /** Copies the collections, keeping their order. */
    public DashboardFigures {
        agentsByRole = Collections.unmodifiableMap(new LinkedHashMap<>(agentsByRole));
        queueByState = Collections.unmodifiableMap(new LinkedHashMap<>(queueByState));
        recentEvents = List.copyOf(recentEvents);
        recentMessages = List.copyOf(recentMessages);
        recentRoutes = List.copyOf(recentRoutes);
    }

    private static Map<String, Long> zeros(String... names) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String name : names) {
            counts.put(name, 0L);
        }
        return counts;
    }

    /** Bench containers by activity. */
    public record Containers(long active, long inactive) {}

    /**
     * Panes.
     *
     * @param total all rows
     * @param registered panes with an active agent of the same container and tmux id
     * @param registeredActive the active panes in active containers with such an agent
     * @param inactive panes that are inactive or in an inactive container
     */
    public record Panes(long total, long registered, long registeredActive, long inactive) {
        /** Panes without an active agent. */
        public long unregistered() {
            return Math.max(total - registered, 0);
        }
    }

    /**
     * Agents.
     *
     * @param total all rows
     * @param partiallyConfigured without role, capability or label
     * @param active fully configured, active, on an active bench
     * @param logAttached with an active log attachment
     */
    public record Agents(long total, long partiallyConfigured, long active, long logAttached) {}

    /** Log attachments by status. */
    public record LogAttachments(long active, long stale) {}

    /** Routes. */
    public record Routes(long enabled, long disabled) {}

    /** A recent event. */
    public record RecentEvent(long id, String observedAt, String type, String agentId) {}

    /** A recent message. */
    public record RecentMessage(String id, String enqueuedAt, String origin, String state, String targetAgentId) {}

    /** A recent route. */
    public record RecentRoute(String id, String createdAt, boolean enabled) {}
}
