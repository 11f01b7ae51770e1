package dev.agenttower.core.memory;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.directory.AgentCriteria;
import dev.agenttower.core.directory.AgentOrder;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.ContainerCriteria;
import dev.agenttower.core.directory.ContainerOrder;
import dev.agenttower.core.directory.ContainerView;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.directory.PaneCriteria;
import dev.agenttower.core.directory.PaneOrder;
import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pages and single rows, in memory. Late pages take as long as the first: all rows are sorted for each. */
final class InMemoryDirectory implements Directory {
    private static final List<Class<?>> PANE_KEY =
            List.of(String.class, String.class, String.class, Long.class, Long.class, String.class);

    private final InMemoryTables tables;

    InMemoryDirectory(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public Page<ContainerView> containers(PageRequest<ContainerCriteria, ContainerOrder> request) {
        Rows rows = tables.read();
        ContainerCriteria criteria = request.filter();
        Boolean active = criteria.active();
        List<BenchContainer> filtered = rows.containers.values().stream()
                .filter(container -> !criteria.none() && (active == null || active == container.active()))
                .toList();
        Function<BenchContainer, String> first = switch (request.sort().field()) {
            case NAME -> BenchContainer::name;
            case FIRST_SEEN_AT -> BenchContainer::firstSeenAt;
            case LAST_SCANNED_AT -> BenchContainer::lastScannedAt;
        };
        return new Keyset<BenchContainer>(
                        List.of(String.class, String.class),
                        container -> Keyset.valuesOf(
                                first.apply(container), container.id().value()))
                .page(filtered, request, container -> view(rows, container));
    }

    @Override
    public Optional<ContainerView> container(ContainerId id) {
        Rows rows = tables.read();
        return Optional.ofNullable(rows.containers.get(id)).map(container -> view(rows, container));
    }

    @Override
    public Page<PaneView> panes(PageRequest<PaneCriteria, PaneOrder> request) {
        Rows rows = tables.read();
        Map<PaneKey, String> agents = activeAgents(rows);
        PaneFilter container = new PaneFilter(false, request.filter().container());
        Boolean registered = request.filter().registered();
        List<Pane> filtered = rows.panes.values().stream()
                .filter(rows.ofContainer(container.container(), container.isContainerId()))
                .filter(pane -> registered == null || registered == agents.containsKey(pane.key()))
                .toList();
        return paneOrder(request.sort().field()).page(filtered, request, pane -> view(agents, pane));
    }

    @Override
    public Optional<PaneView> pane(String paneId, @Nullable ContainerId container, @Nullable String socketPath) {
        Rows rows = tables.read();
        return rows.panes.values().stream()
                .filter(rows.ofContainer(container == null ? null : container.value(), true))
                .filter(pane -> pane.key().paneId().equals(paneId))
                .filter(pane ->
                        socketPath == null || socketPath.equals(pane.key().socketPath()))
                .min(InMemoryPaneStore.LISTING)
                .map(pane -> view(activeAgents(rows), pane));
    }

    @Override
    public Page<AgentView> agents(PageRequest<AgentCriteria, AgentOrder> request) {
        Rows rows = tables.read();
        Set<String> logged = rows.agentsWithActiveLog();
        AgentCriteria criteria = request.filter();
        Boolean logAttached = criteria.logAttached();
        List<AgentRow> filtered = rows.agents.values().stream()
                .filter(row -> criteria.role() == null || row.role().equals(criteria.role()))
                .filter(row -> criteria.capability() == null || row.capability().equals(criteria.capability()))
                .filter(row -> InMemoryAgentStore.isIn(criteria.containerId(), row))
                .filter(row -> logAttached == null || logAttached == logged.contains(row.agentId()))
                .toList();
        return agentOrder(request.sort().field()).page(filtered, request, row -> view(rows, logged, row));
    }

    @Override
    public Optional<AgentView> agent(AgentId id) {
        Rows rows = tables.read();
        return Optional.ofNullable(rows.agents.get(id.value())).map(row -> view(rows, rows.agentsWithActiveLog(), row));
    }

    private static Keyset<Pane> paneOrder(PaneOrder field) {
        return switch (field) {
            case DEFAULT ->
                new Keyset<>(
                        shape(String.class, String.class, Long.class, Long.class),
                        pane -> paneValues(
                                pane,
                                pane.containerName(),
                                pane.key().sessionName(),
                                (long) pane.key().windowIndex(),
                                (long) pane.key().paneIndex()));
            case DISCOVERED_AT -> new Keyset<>(shape(String.class), pane -> paneValues(pane, pane.firstSeenAt()));
            case LAST_SEEN_AT -> new Keyset<>(shape(String.class), pane -> paneValues(pane, pane.lastScannedAt()));
        };
    }

    private static Keyset<AgentRow> agentOrder(AgentOrder field) {
        return switch (field) {
            case DEFAULT ->
                new Keyset<>(
                        List.of(Long.class, String.class, String.class),
                        row -> Keyset.valuesOf((long) row.rolePriority(), row.createdAt(), row.agentId()));
            case REGISTERED_AT ->
                new Keyset<>(
                        List.of(String.class, String.class), row -> Keyset.valuesOf(row.createdAt(), row.agentId()));
            case ROLE ->
                new Keyset<>(
                        List.of(Long.class, String.class),
                        row -> Keyset.valuesOf((long) row.rolePriority(), row.agentId()));
        };
    }

    private static List<Class<?>> shape(Class<?>... sorted) {
        return Stream.concat(Stream.of(sorted), PANE_KEY.stream()).toList();
    }

    private static List<@Nullable Object> paneValues(Pane pane, Object... sorted) {
        PaneKey key = pane.key();
        List<@Nullable Object> values = new ArrayList<>();
        Collections.addAll(values, sorted);
        values.add(key.container().value());
        values.add(key.socketPath());
        values.add(key.sessionName());
        values.add((long) key.windowIndex());
        values.add((long) key.paneIndex());
        values.add(key.paneId());
        return values;
    }

    private static Map<PaneKey, String> activeAgents(Rows rows) {
        return rows.agents.values().stream()
                .filter(AgentRow::active)
                .collect(Collectors.toMap(AgentRow::pane, AgentRow::agentId, (one, other) -> one));
    }

    private static ContainerView view(Rows rows, BenchContainer container) {
        return new ContainerView(
                container.id().value(),
                container.name(),
                container.active(),
                container.image(),
                container.firstSeenAt(),
                container.lastScannedAt(),
                rows.panes.values().stream()
                        .filter(pane -> pane.active() && pane.key().container().equals(container.id()))
                        .count(),
                rows.agents.values().stream()
                        .filter(agent ->
                                agent.active() && agent.pane().container().equals(container.id()))
                        .count());
    }

    private static PaneView view(Map<PaneKey, String> agents, Pane pane) {
        return new PaneView(
                pane.key(), pane.containerName(), agents.get(pane.key()), pane.firstSeenAt(), pane.lastScannedAt());
    }

    private static AgentView view(Rows rows, Set<String> logged, AgentRow row) {
        return new AgentView(
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
                rows.isPaneActive(row.pane()));
    }
}
