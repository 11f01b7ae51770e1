package dev.agenttower.core.memory;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.event.AttachedLogs;
import dev.agenttower.core.event.EventStore;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.health.DashboardSource;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogStore;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.route.RouteStore;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a tower, in memory, and the store ports upon them. All ports of one instance share its rows.
 *
 * <p>A transaction works on a copy that replaces the tables at its commit: readers never wait and see only committed rows, and a transaction
 * that throws changes nothing. Writers wait for each other without a limit.
 *
 * <p>Rows may also be added directly, replacing rows of the same key, like writes of another process. Thread-safe.
 */
public final class InMemoryTables {
    private final ReentrantLock writers = new ReentrantLock();
    private volatile Rows committed = new Rows();
    private volatile @Nullable String trouble;
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();

    /** Empty tables. */
    public InMemoryTables() {}

    /** The stored bench containers. */
    public ContainerStore containers() {
        return new InMemoryContainerStore(this);
    }

    /** The stored panes. */
    public PaneStore panes() {
        return new InMemoryPaneStore(this);
    }

    /** The stored agents. */
    public AgentStore agents() {
        return new InMemoryAgentStore(this);
    }

    /** The stored messages. */
    public MessageStore messages() {
        return new InMemoryMessageStore(this);
    }

    /** The stored routes. */
    public RouteStore routes() {
        return new InMemoryRouteStore(this);
    }

    /** The stored log attachments. */
    public LogStore logs() {
        return new InMemoryLogStore(this);
    }

    /** Pages and single rows. */
    public Directory directory() {
        return new InMemoryDirectory(this);
    }

    /** The figures of the dashboard. */
    public DashboardSource dashboard() {
        return new InMemoryDashboardSource(this);
    }

    /** The stored events. */
    public EventStore events() {
        return new InMemoryEventStore(this);
    }

    /** The logs that are read. */
    public AttachedLogs attachedLogs() {
        return new InMemoryAttachedLogs(this);
    }

    /** Adds a bench container. */
    public void put(BenchContainer container) {
        change(rows -> rows.containers.put(container.id(), container));
    }

    /** Adds a pane, whether or not its container is stored. */
    public void put(Pane pane) {
        change(rows -> rows.panes.put(pane.key(), pane));
    }

    /** Adds panes atomically. */
    public void putPanes(Collection<Pane> panes) {
        change(rows -> panes.forEach(pane -> rows.panes.put(pane.key(), pane)));
    }

    /** Adds an agent, whether or not its pane is stored. */
    public void put(Agent agent) {
        put(AgentRow.of(agent));
    }

    /** Adds an agent as a row. */
    public void put(AgentRow agent) {
        change(rows -> rows.agents.put(agent.agentId(), agent));
    }

    /** Adds a log attachment. */
    public void put(LogAttachment attachment) {
        change(rows -> rows.logAttachments.put(attachment.id(), attachment));
    }

    /** Adds an event. */
    public void put(EventRow event) {
        change(rows -> rows.events.put(event.eventId(), event));
    }

    /** Adds a message. */
    public void put(MessageRow message) {
        change(rows -> rows.messages.put(message.messageId(), message));
    }

    /** Adds a route. */
    public void put(RouteRow route) {
        change(rows -> rows.routes.put(route.routeId(), route));
    }

    /** Sets the foreground program of an agent's pane when it was adopted. */
    public void putProgram(String agentId, String program) {
        change(rows -> rows.agentPrograms.put(agentId, program));
    }

    /** The agents as rows, in the order of insertion. */
    public List<AgentRow> agentRows() {
        return List.copyOf(committed.agents.values());
    }

    /** The log attachments, in the order of insertion. */
    public List<LogAttachment> logAttachmentRows() {
        return List.copyOf(committed.logAttachments.values());
    }

    /** The container scans, oldest first. */
    public List<StoredContainerScan> containerScans() {
        return List.copyOf(committed.containerScans);
    }

    /** The pane scans, oldest first. */
    public List<StoredPaneScan> paneScans() {
        return List.copyOf(committed.paneScans);
    }

    /** Makes every read and write of the ports throw a {@link StorageException} with this message; null ends that. */
    public void failWith(@Nullable String message) {
        trouble = message;
    }

    /** The number of reads of the ports so far. */
    public long reads() {
        return reads.get();
    }

    /** The number of transactions of the ports so far. */
    public long writes() {
        return writes.get();
    }

    /** The committed rows. */
    Rows read() {
        reads.incrementAndGet();
        refuseInTrouble();
        return committed;
    }

    /** Runs a transaction. */
    <T> T write(Function<Rows, T> work) {
        if (writers.isHeldByCurrentThread()) {
            throw new IllegalStateException("a transaction is open in this thread");
        }
        writers.lock();
        try {
            writes.incrementAndGet();
            refuseInTrouble();
            Rows draft = new Rows(committed);
            T result = work.apply(draft);
            committed = draft;
            return result;
        } finally {
            writers.unlock();
        }
    }

    private void change(Consumer<Rows> work) {
        writers.lock();
        try {
            Rows draft = new Rows(committed);
            work.accept(draft);
            committed = draft;
        } finally {
            writers.unlock();
        }
    }

    private void refuseInTrouble() {
        String message = trouble;
        if (message != null) {
            throw new StorageException(message, new IllegalStateException("told to fail"));
        }
    }
}
