package dev.agenttower.core.memory;

import dev.agenttower.core.agent.Role;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.health.DashboardFigures;
import dev.agenttower.core.health.DashboardSource;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures of the dashboard, in memory. */
final class InMemoryDashboardSource implements DashboardSource {
    private static final List<String> STATES = List.of("queued", "blocked", "delivered", "canceled", "failed");
    private static final Comparator<MessageRow> BY_ENQUEUED =
            Comparator.comparing(MessageRow::enqueuedAt, Order.TEXT).thenComparing(MessageRow::messageId, Order.TEXT);
    private static final Comparator<RouteRow> BY_CREATED =
            Comparator.comparing(RouteRow::createdAt, Order.TEXT).thenComparing(RouteRow::routeId, Order.TEXT);

    private final InMemoryTables tables;

    InMemoryDashboardSource(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public DashboardFigures read(int recent) {
        Rows rows = tables.read();
        return new DashboardFigures(
                containers(rows),
                panes(rows),
                agents(rows),
                countEach(Arrays.stream(Role.values()).map(Role::wire).toList(), rows.agents.values(), AgentRow::role),
                logAttachments(rows),
                rows.events.size(),
                countEach(STATES, rows.messages.values(), MessageRow::state),
                routes(rows),
                recentEvents(rows, recent),
                recentMessages(rows, recent),
                recentRoutes(rows, recent),
                firstActiveContainer(rows),
                firstAdoptablePane(rows),
                oldestBlockedMessage(rows));
    }

    private static DashboardFigures.Containers containers(Rows rows) {
        long active = count(rows.containers.values(), BenchContainer::active);
        return new DashboardFigures.Containers(active, rows.containers.size() - active);
    }

    private static DashboardFigures.Panes panes(Rows rows) {
        Set<Rows.BenchAndPane> owned = rows.panesWithActiveAgent();
        Predicate<Pane> registered = pane -> owned.contains(Rows.BenchAndPane.of(pane.key()));
        Predicate<Pane> stored = pane -> rows.containers.containsKey(pane.key().container());
        Predicate<Pane> living = isLiving(rows);
        return new DashboardFigures.Panes(
                rows.panes.size(),
                count(rows.panes.values(), registered),
                count(rows.panes.values(), living.and(registered)),
                count(rows.panes.values(), stored.and(living.negate())));
    }

    private static DashboardFigures.Agents agents(Rows rows) {
        Set<String> logged = rows.agentsWithActiveLog();
        return new DashboardFigures.Agents(
                rows.agents.size(),
                count(rows.agents.values(), AgentRow::isPartiallyConfigured),
                count(
                        rows.agents.values(),
                        agent -> !agent.isPartiallyConfigured()
                                && agent.active()
                                && rows.isContainerActive(agent.pane().container())),
                count(rows.agents.values(), agent -> logged.contains(agent.agentId())));
    }

    private static DashboardFigures.LogAttachments logAttachments(Rows rows) {
        return new DashboardFigures.LogAttachments(
                count(rows.logAttachments.values(), LogAttachment::isActive),
                count(rows.logAttachments.values(), log -> log.status() == AttachmentStatus.STALE));
    }

    private static DashboardFigures.Routes routes(Rows rows) {
        long enabled = count(rows.routes.values(), RouteRow::enabled);
        return new DashboardFigures.Routes(enabled, rows.routes.size() - enabled);
    }

    private static List<DashboardFigures.RecentEvent> recentEvents(Rows rows, int limit) {
        return rows.events.values().stream()
                .sorted(Comparator.comparingLong(EventRow::eventId).reversed())
                .limit(limit)
                .map(row -> new DashboardFigures.RecentEvent(
                        row.eventId(), row.observedAt(), row.eventType(), row.agentId()))
                .toList();
    }

    private static List<DashboardFigures.RecentMessage> recentMessages(Rows rows, int limit) {
        return rows.messages.values().stream()
                .sorted(BY_ENQUEUED.reversed())
                .limit(limit)
                .map(row -> new DashboardFigures.RecentMessage(
                        row.messageId(), row.enqueuedAt(), row.origin(), row.state(), row.targetAgentId()))
                .toList();
    }

    private static List<DashboardFigures.RecentRoute> recentRoutes(Rows rows, int limit) {
        return rows.routes.values().stream()
                .sorted(BY_CREATED.reversed())
                .limit(limit)
                .map(row -> new DashboardFigures.RecentRoute(row.routeId(), row.createdAt(), row.enabled()))
                .toList();
    }

    private static @Nullable String firstActiveContainer(Rows rows) {
        return rows.containers.values().stream()
                .filter(BenchContainer::active)
                .map(container -> container.id().value())
                .min(Order.TEXT)
                .orElse(null);
    }

    private static @Nullable String firstAdoptablePane(Rows rows) {
        // By the whole key: of two tmux servers in one bench, each may have a pane of the same id.
        Set<PaneKey> owned = rows.agents.values().stream()
                .filter(AgentRow::active)
                .map(AgentRow::pane)
                .collect(Collectors.toUnmodifiableSet());
        return rows.panes.values().stream()
                .filter(isLiving(rows))
                .map(Pane::key)
                .filter(key -> !owned.contains(key))
                .min(Order.PANE_KEY)
                .map(key -> key.paneId())
                .orElse(null);
    }

    private static @Nullable String oldestBlockedMessage(Rows rows) {
        return rows.messages.values().stream()
                .filter(message -> message.state().equals("blocked"))
                .min(BY_ENQUEUED)
                .map(MessageRow::messageId)
                .orElse(null);
    }

    private static Predicate<Pane> isLiving(Rows rows) {
        return pane -> pane.active() && rows.isContainerActive(pane.key().container());
    }

    private static <R> long count(Collection<R> rows, Predicate<? super R> condition) {
        return rows.stream().filter(condition).count();
    }

    private static <R> Map<String, Long> countEach(
            List<String> values, Collection<R> rows, Function<R, String> column) {
        Map<String, Long> counts = new LinkedHashMap<>();
        values.forEach(value -> counts.put(value, 0L));
        rows.forEach(row -> counts.computeIfPresent(column.apply(row), (value, count) -> count + 1));
        return counts;
    }
}
