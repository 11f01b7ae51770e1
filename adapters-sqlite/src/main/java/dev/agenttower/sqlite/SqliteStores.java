package dev.agenttower.sqlite;

import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.event.AttachedLogs;
import dev.agenttower.core.event.EventStore;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.change.application.ChangeNotes;
import dev.agenttower.core.governance.drift.BaselineStore;
import dev.agenttower.core.governance.human.AgentProcesses;
import dev.agenttower.core.governance.ledger.note.LedgerNotes;
import dev.agenttower.core.governance.ledger.note.PromiseStore;
import dev.agenttower.core.governance.registry.ProjectStore;
import dev.agenttower.core.health.DashboardSource;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.log.LogStore;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.route.RouteStore;
import dev.agenttower.sqlite.agent.SqliteAgentProcesses;
import dev.agenttower.sqlite.agent.SqliteAgentStore;
import dev.agenttower.sqlite.container.SqliteContainerStore;
import dev.agenttower.sqlite.database.Connections;
import dev.agenttower.sqlite.database.DatabaseFiles;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.StorageFailures;
import dev.agenttower.sqlite.database.Writer;
import dev.agenttower.sqlite.directory.SqliteDirectory;
import dev.agenttower.sqlite.event.SqliteAttachedLogs;
import dev.agenttower.sqlite.event.SqliteEventStore;
import dev.agenttower.sqlite.governance.SqliteBaselineStore;
import dev.agenttower.sqlite.governance.SqliteChangeNotes;
import dev.agenttower.sqlite.governance.SqliteLedgerNotes;
import dev.agenttower.sqlite.governance.SqliteProjectStore;
import dev.agenttower.sqlite.governance.SqlitePromiseStore;
import dev.agenttower.sqlite.health.RoutingStatus;
import dev.agenttower.sqlite.health.SqliteDashboardSource;
import dev.agenttower.sqlite.health.SqliteProbe;
import dev.agenttower.sqlite.health.WorkFigures;
import dev.agenttower.sqlite.log.SqliteLogStore;
import dev.agenttower.sqlite.pane.SqlitePaneStore;
import dev.agenttower.sqlite.queue.SqliteMessageStore;
import dev.agenttower.sqlite.route.SqliteRouteStore;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The stores of a database prepared by {@link Registry}: one writing connection and a few reading ones.
 *
 * <p>Readers and writers never wait for each other. Thread-safe; a store used after {@link #close} throws {@link StorageException}.
 */
public final class SqliteStores implements AutoCloseable {
    private final Readers readers;
    private final Writer writer;
    private final DatabaseFiles files;

    private SqliteStores(Connections connections) {
        this.files = connections.files();
        this.writer = new Writer(connections);
        this.readers = new Readers(connections);
    }

    /**
     * Opens the database.
     *
     * @throws StorageException if the database does not exist, or cannot be opened
     */
    public static SqliteStores open(Path database) {
        try {
            return new SqliteStores(new Connections(database.toAbsolutePath()));
        } catch (JdbiException e) {
            throw StorageFailures.of("open the database " + database, e);
        }
    }

    /** The bench containers. */
    public ContainerStore containers() {
        return new SqliteContainerStore(readers, writer);
    }

    /** The panes. */
    public PaneStore panes() {
        return new SqlitePaneStore(readers, writer);
    }

    /** The agents. */
    public AgentStore agents() {
        return new SqliteAgentStore(readers, writer);
    }

    /** The messages. */
    public MessageStore messages() {
        return new SqliteMessageStore(readers, writer);
    }

    /** The routes. */
    public RouteStore routes() {
        return new SqliteRouteStore(readers, writer);
    }

    /** The log attachments. */
    public LogStore logs() {
        return new SqliteLogStore(readers, writer);
    }

    /** Pages of bench containers, panes and agents. */
    public Directory directory() {
        return new SqliteDirectory(readers);
    }

    /** The figures of the dashboard. */
    public DashboardSource dashboard() {
        return new SqliteDashboardSource(readers);
    }

    /** The stored events. */
    public EventStore events() {
        return new SqliteEventStore(readers, writer);
    }

    /** The logs that are read. */
    public AttachedLogs attachedLogs() {
        return new SqliteAttachedLogs(readers, writer);
    }

    /** The registered projects. */
    public ProjectStore projects() {
        return new SqliteProjectStore(readers, writer);
    }

    /** The baselines of sovereign files. */
    public BaselineStore baselines() {
        return new SqliteBaselineStore(readers, writer);
    }

    /** The promised ledger events. */
    public PromiseStore promises() {
        return new SqlitePromiseStore(readers, writer);
    }

    /** The notes on ledgers. */
    public LedgerNotes ledgers() {
        return new SqliteLedgerNotes(readers, writer);
    }

    /** The notes on changes. */
    public ChangeNotes changes() {
        return new SqliteChangeNotes(readers, writer);
    }

    /**
     * The marks of agent processes on the host.
     *
     * @param bootId identifies the current boot of the machine
     * @param hostBench the host's id as a bench container; empty if it is none
     */
    public AgentProcesses agentProcesses(String bootId, String hostBench) {
        return new SqliteAgentProcesses(readers, writer, bootId, hostBench);
    }

    /** Checks whether the database is readable. */
    public SubsystemProbe probe() {
        return new SqliteProbe(readers, files);
    }

    /**
     * The stored schema version; null if there is none.
     *
     * @throws StorageException if the database cannot be read
     */
    public @Nullable Integer schemaVersion() {
        return readers.read(snapshot -> snapshot.handle()
                        .select("SELECT version FROM schema_version")
                        .mapTo(Integer.class)
                        .findFirst())
                .orElse(null);
    }

    /**
     * The stored state of routing.
     *
     * @throws StorageException if the database cannot be read
     */
    public RoutingStatus routingStatus() {
        return readers.read(snapshot -> {
            Optional<RoutingStatus> routing = snapshot.handle()
                    .select("SELECT value, last_updated_at, last_updated_by FROM daemon_state"
                            + " WHERE key = 'routing_enabled'")
                    .map((row, context) -> new RoutingStatus(
                            row.getString("value"),
                            row.getString("last_updated_at"),
                            row.getString("last_updated_by"),
                            0,
                            0,
                            0))
                    .findFirst();
            RoutingStatus known = routing.orElse(new RoutingStatus(null, null, null, 0, 0, 0));
            var routes = new WorkFigures(snapshot.handle()).routes();
            return new RoutingStatus(
                    known.value(),
                    known.lastUpdatedAt(),
                    known.lastUpdatedBy(),
                    routes.enabled() + routes.disabled(),
                    routes.enabled(),
                    routes.disabled());
        });
    }

    /**
     * Closes the connections, after the write in progress. If no other process uses the database, the last one deletes the companion files.
     */
    @Override
    public void close() {
        readers.close();
        writer.close();
    }
}
