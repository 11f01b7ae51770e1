package dev.agenttower.core.memory;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.ContainerView;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.directory.EventView;
import dev.agenttower.core.directory.LogAttachmentView;
import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.directory.QueueView;
import dev.agenttower.core.directory.RouteView;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.page.Direction;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.core.page.Position;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pages and single rows, in memory. All rows are sorted for each page, so late pages take as long as the first. */
final class InMemoryDirectory implements Directory {
    private final InMemoryTables tables;

    InMemoryDirectory(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public <R> Page<R> page(PageRequest<R> request) {
        List<R> filtered = rows(tables.read(), request).filter(request::passes).toList();
        Comparator<Position> ascending = InMemoryDirectory::compare;
        Comparator<Position> order = request.direction() == Direction.ASC ? ascending : ascending.reversed();
        Position after = request.after();
        List<R> rest = filtered.stream()
                .filter(row -> after == null || order.compare(request.order().positionOf(row), after) > 0)
                .sorted(Comparator.comparing(request.order()::positionOf, order))
                .toList();
        List<R> rows = rest.subList(0, Math.min(request.limit(), rest.size()));
        Position next = rows.size() == rest.size() ? null : request.order().positionOf(rows.get(rows.size() - 1));
        return new Page<>(rows, filtered.size(), next);
    }

    /** The rows of a list that pass the filters which are none of a column. */
    @SuppressWarnings("unchecked") // Each branch makes rows of the list that it compares.
    private static <R> Stream<R> rows(Rows rows, PageRequest<R> request) {
        @Nullable String container = (String) request.filters().get("container_id");
        if (request.list() == ContainerView.LIST) {
            return (Stream<R>) containers(rows, rows.containers.values().stream());
        }
        if (request.list() == PaneView.LIST) {
            boolean byId = new PaneFilter(false, container).isContainerId();
            return (Stream<R>) panes(rows, rows.panes.values().stream().filter(rows.ofContainer(container, byId)));
        }
        if (request.list() == AgentView.LIST) {
            return (Stream<R>)
                    agents(rows, rows.agents.values().stream().filter(row -> InMemoryAgentStore.isIn(container, row)));
        }
        if (request.list() == EventView.LIST) {
            return (Stream<R>) rows.events.values().stream().map(InMemoryDirectory::event);
        }
        if (request.list() == LogAttachmentView.LIST) {
            return (Stream<R>) rows.logAttachments.values().stream().map(InMemoryDirectory::logAttachment);
        }
        if (request.list() == QueueView.LIST) {
            return (Stream<R>) rows.messages.values().stream().map(row -> QueueView.of(row.message()));
        }
        if (request.list() == RouteView.LIST) {
            return (Stream<R>) rows.routes.values().stream().map(row -> RouteView.of(row.route()));
        }
        throw new IllegalArgumentException("there is no list " + request.list().name());
    }

    private static int compare(Position left, Position right) {
        int order = 0;
        for (int i = 0; order == 0 && i < left.values().size(); i++) {
            Object value = left.values().get(i);
            Object other = right.values().get(i);
            order = value instanceof Long a && other instanceof Long b
                    ? Long.compare(a, b)
                    : Order.TEXT.compare((String) value, (String) other);
        }
        return order;
    }

    @Override
    public Optional<ContainerView> container(ContainerId id) {
        Rows rows = tables.read();
        return containers(rows, Stream.ofNullable(rows.containers.get(id))).findFirst();
    }

    @Override
    public Optional<PaneView> pane(String paneId, @Nullable ContainerId container, @Nullable String socketPath) {
        Rows rows = tables.read();
        Stream<Pane> found = rows.panes.values().stream()
                .filter(rows.ofContainer(container == null ? null : container.value(), true))
                .filter(pane -> pane.key().paneId().equals(paneId))
                .filter(pane ->
                        socketPath == null || socketPath.equals(pane.key().socketPath()))
                .sorted(InMemoryPaneStore.LISTING);
        return panes(rows, found).findFirst();
    }

    @Override
    public Optional<AgentView> agent(AgentId id) {
        Rows rows = tables.read();
        return agents(rows, Stream.ofNullable(rows.agents.get(id.value()))).findFirst();
    }

    @Override
    public Optional<EventView> event(long id) {
        return Optional.ofNullable(tables.read().events.get(id)).map(InMemoryDirectory::event);
    }

    private static EventView event(EventRow row) {
        Event event = row.event();
        return new EventView(
                event.id(),
                event.type(),
                event.agentId(),
                event.observedAt(),
                event.excerpt(),
                Objects.requireNonNullElse(event.ruleId(), ""));
    }

    @Override
    public Optional<LogAttachmentView> logAttachment(String id) {
        return Optional.ofNullable(tables.read().logAttachments.get(id)).map(InMemoryDirectory::logAttachment);
    }

    @Override
    public Optional<QueueView> message(String id) {
        return Optional.ofNullable(tables.read().messages.get(id)).map(row -> QueueView.of(row.message()));
    }

    @Override
    public Optional<RouteView> route(String id) {
        return Optional.ofNullable(tables.read().routes.get(id)).map(row -> RouteView.of(row.route()));
    }

    private static LogAttachmentView logAttachment(LogAttachment log) {
        return new LogAttachmentView(
                log.id(),
                log.agent().value(),
                log.pane().container().value(),
                log.logPath(),
                log.status().wire(),
                log.source().wire(),
                log.attachedAt(),
                log.lastStatusAt());
    }

    private static Stream<ContainerView> containers(Rows rows, Stream<BenchContainer> containers) {
        Map<ContainerId, Long> panes = rows.panes.values().stream()
                .filter(Pane::active)
                .collect(groupingBy(pane -> pane.key().container(), counting()));
        Map<ContainerId, Long> agents = rows.agents.values().stream()
                .filter(AgentRow::active)
                .collect(groupingBy(agent -> agent.pane().container(), counting()));
        return containers.map(container -> new ContainerView(
                container.id().value(),
                container.name(),
                container.active(),
                container.image(),
                container.firstSeenAt(),
                container.lastScannedAt(),
                panes.getOrDefault(container.id(), 0L),
                agents.getOrDefault(container.id(), 0L)));
    }

    private static Stream<PaneView> panes(Rows rows, Stream<Pane> panes) {
        Map<PaneKey, String> agents = rows.agents.values().stream()
                .filter(AgentRow::active)
                .collect(toMap(AgentRow::pane, AgentRow::agentId, (one, other) -> one));
        return panes.map(pane -> new PaneView(
                pane.key(), pane.containerName(), agents.get(pane.key()), pane.firstSeenAt(), pane.lastScannedAt()));
    }

    private static Stream<AgentView> agents(Rows rows, Stream<AgentRow> agents) {
        Set<String> logged = rows.agentsWithActiveLog();
        return agents.map(row -> new AgentView(
                row.agentId(),
                row.role(),
                row.rolePriority(),
                row.capability(),
                row.label(),
                row.projectPath(),
                row.parentAgentId(),
                row.pane().container().value(),
                row.pane().paneId(),
                row.createdAt(),
                logged.contains(row.agentId()),
                rows.isPaneActive(row.pane())));
    }
}
