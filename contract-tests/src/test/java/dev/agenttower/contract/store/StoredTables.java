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
import dev.agenttower.core.memory.MessageRow;
import dev.agenttower.core.memory.RouteRow;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.route.RouteStore;
import java.util.List;

/** An implementation of the store ports under test, and a way to put rows in that goes past it, as another program does. */
interface StoredTables extends AutoCloseable {
    ContainerStore containers();

    PaneStore panes();

    AgentStore agents();

    MessageStore messages();

    RouteStore routes();

    LogStore logs();

    Directory directory();

    DashboardSource dashboard();

    EventStore events();

    AttachedLogs attachedLogs();

    /** Puts a row in; one of the same key is replaced, as by all of these methods. */
    void put(BenchContainer container);

    void put(Pane pane);

    void put(Agent agent);

    void put(LogAttachment attachment);

    void put(EventRow event);

    void put(MessageRow message);

    void put(RouteRow route);

    /** The stored scans of containers: id, status and the number of stored problems, with blanks between. */
    List<String> containerScans();

    /** The stored scans of panes, likewise. */
    List<String> paneScans();

    @Override
    void close();
}
