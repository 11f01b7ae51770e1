package dev.agenttower.contract.store;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.event.AttachedLogs;
import dev.agenttower.core.event.EventStore;
import dev.agenttower.core.health.DashboardSource;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogStore;
import dev.agenttower.core.memory.EventRow;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.memory.MessageRow;
import dev.agenttower.core.memory.RouteRow;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.route.RouteStore;
import java.util.List;

/** The tables in memory. */
final class InMemoryStoredTables implements StoredTables {
    private final InMemoryTables tables = new InMemoryTables();

    @Override
    public ContainerStore containers() {
        return tables.containers();
    }

    @Override
    public PaneStore panes() {
        return tables.panes();
    }

    @Override
    public LogStore logs() {
        return tables.logs();
    }

    @Override
    public AgentStore agents() {
        return tables.agents();
    }

    @Override
    public MessageStore messages() {
        return tables.messages();
    }

    @Override
    public RouteStore routes() {
        return tables.routes();
    }

    @Override
    public Directory directory() {
        return tables.directory();
    }

    @Override
    public DashboardSource dashboard() {
        return tables.dashboard();
    }

    @Override
    public EventStore events() {
        return tables.events();
    }

    @Override
    public AttachedLogs attachedLogs() {
        return tables.attachedLogs();
    }

    @Override
    public void put(BenchContainer container) {
        tables.put(container);
    }

    @Override
    public void put(Pane pane) {
        tables.put(pane);
    }

    @Override
    public void put(Agent agent) {
        tables.put(agent);
    }

    @Override
    public void put(LogAttachment attachment) {
        tables.put(attachment);
    }

    @Override
    public void put(EventRow event) {
        tables.put(event);
    }

    @Override
    public void put(MessageRow message) {
        tables.put(message);
    }

    @Override
    public void put(RouteRow route) {
        tables.put(route);
    }

    @Override
    public List<String> containerScans() {
        return tables.containerScans().stream()
                .map(stored -> line(
                        stored.scan().scanId(),
                        stored.scan().degraded(),
                        stored.withDetails() ? stored.scan().problems().size() : 0))
                .toList();
    }

    @Override
    public List<String> paneScans() {
        return tables.paneScans().stream()
                .map(stored -> line(
                        stored.scan().scanId(),
                        stored.scan().degraded(),
                        stored.withDetails() ? stored.scan().problems().size() : 0))
                .toList();
    }

    private static String line(String id, boolean degraded, int problems) {
        return id + (degraded ? " degraded " : " ok ") + problems;
    }

    @Override
    public void close() {
        // There is nothing to let go of.
    }
}
