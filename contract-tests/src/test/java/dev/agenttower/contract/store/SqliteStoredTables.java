package dev.agenttower.contract.store;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.event.AttachedLogs;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventStore;
import dev.agenttower.core.event.Span;
import dev.agenttower.core.health.DashboardSource;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogStore;
import dev.agenttower.core.memory.EventRow;
import dev.agenttower.core.memory.MessageRow;
import dev.agenttower.core.memory.RouteRow;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.route.RouteStore;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.SqliteStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stores on SQLite, with a second, plain connection to the same file. */
final class SqliteStoredTables implements StoredTables {
    private final SqliteStores stores;
    private final Connection outside;

    SqliteStoredTables(Path directory) {
        Path database = directory.resolve("state").resolve("agenttower.sqlite3");
        Registry.prepare(database);
        stores = SqliteStores.open(database);
        try {
            outside = DriverManager.getConnection("jdbc:sqlite:" + database);
            try (Statement statement = outside.createStatement()) {
                // Thousands of rows are put in one by one; none has to outlive the machine.
                statement.executeUpdate("PRAGMA synchronous = OFF");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public ContainerStore containers() {
        return stores.containers();
    }

    @Override
    public PaneStore panes() {
        return stores.panes();
    }

    @Override
    public LogStore logs() {
        return stores.logs();
    }

    @Override
    public AgentStore agents() {
        return stores.agents();
    }

    @Override
    public MessageStore messages() {
        return stores.messages();
    }

    @Override
    public RouteStore routes() {
        return stores.routes();
    }

    @Override
    public Directory directory() {
        return stores.directory();
    }

    @Override
    public DashboardSource dashboard() {
        return stores.dashboard();
    }

    @Override
    public EventStore events() {
        return stores.events();
    }

    @Override
    public AttachedLogs attachedLogs() {
        return stores.attachedLogs();
    }

    @Override
    public void put(BenchContainer container) {
        replace(
                "containers (container_id, name, image, status, config_user, working_dir, active, first_seen_at,"
                        + " last_scanned_at)",
                container.id().value(),
                container.name(),
                container.image(),
                container.status(),
                container.configUser(),
                container.workingDir(),
                container.active(),
                container.firstSeenAt(),
                container.lastScannedAt());
    }

    @Override
    public void put(Pane pane) {
        PaneKey key = pane.key();
        replace(
                "panes",
                key.container().value(),
                key.socketPath(),
                key.sessionName(),
                key.windowIndex(),
                key.paneIndex(),
                key.paneId(),
                pane.containerName(),
                pane.containerUser(),
                pane.pid(),
                pane.tty(),
                pane.currentCommand(),
                pane.currentPath(),
                pane.title(),
                pane.focused(),
                pane.active(),
                pane.firstSeenAt(),
                pane.lastScannedAt());
    }

    @Override
    public void put(Agent agent) {
        PaneKey key = agent.pane();
        replace(
                "agents",
                agent.id().value(),
                key.container().value(),
                key.socketPath(),
                key.sessionName(),
                key.windowIndex(),
                key.paneIndex(),
                key.paneId(),
                agent.role().wire(),
                agent.capability().wire(),
                agent.label(),
                agent.projectPath(),
                agent.parent() == null ? null : agent.parent().value(),
                agent.permissionsJson(),
                agent.createdAt(),
                agent.lastRegisteredAt(),
                agent.lastSeenAt(),
                agent.active());
    }

    @Override
    public void put(LogAttachment attachment) {
        PaneKey key = attachment.pane();
        replace(
                "log_attachments",
                attachment.id(),
                attachment.agent().value(),
                key.container().value(),
                key.socketPath(),
                key.sessionName(),
                key.windowIndex(),
                key.paneIndex(),
                key.paneId(),
                attachment.logPath(),
                attachment.status().wire(),
                attachment.source().wire(),
                attachment.pipeCommand(),
                attachment.priorPipeTarget(),
                attachment.attachedAt(),
                attachment.lastStatusAt(),
                attachment.supersededAt(),
                attachment.supersededBy(),
                attachment.createdAt());
    }

    @Override
    public void put(EventRow row) {
        Event event = row.event();
        Span bytes = event.bytes();
        Span lines = event.lines();
        replace(
                "events (event_id, event_type, agent_id, attachment_id, log_path, byte_range_start, byte_range_end,"
                        + " line_offset_start, line_offset_end, observed_at, excerpt, classifier_rule_id, jsonl_appended_at)",
                event.id(),
                event.type(),
                event.agentId(),
                event.attachmentId(),
                event.logPath(),
                bytes == null ? null : bytes.start(),
                bytes == null ? null : bytes.end(),
                lines == null ? null : lines.start(),
                lines == null ? null : lines.end(),
                event.observedAt(),
                event.excerpt(),
                event.ruleId(),
                row.appendedAt());
    }

    @Override
    public void put(MessageRow message) {
        String at = message.enqueuedAt();
        replace(
                "message_queue (message_id, state, delivered_at, failed_at, canceled_at, sender_agent_id, sender_label,"
                        + " sender_role, target_agent_id, target_label, target_role, target_container_id,"
                        + " target_pane_id, envelope_body, envelope_body_sha256, envelope_size_bytes, enqueued_at,"
                        + " last_updated_at, origin)",
                message.messageId(),
                message.state(),
                message.state().equals("delivered") ? at : null,
                message.state().equals("failed") ? at : null,
                message.state().equals("canceled") ? at : null,
                "sender",
                "sender",
                "master",
                message.targetAgentId(),
                "target",
                "slave",
                "container",
                "%1",
                "body".getBytes(StandardCharsets.UTF_8),
                "0",
                4,
                at,
                at,
                message.origin());
    }

    @Override
    public void put(RouteRow route) {
        replace(
                "routes (route_id, event_type, source_scope_kind, target_rule, master_rule, template, enabled, created_at,"
                        + " updated_at)",
                route.routeId(),
                "completed",
                "any",
                "source",
                "auto",
                "{event_type}",
                route.enabled(),
                route.createdAt(),
                route.createdAt());
    }

    @Override
    public List<String> containerScans() {
        return scans("container_scans");
    }

    @Override
    public List<String> paneScans() {
        return scans("pane_scans");
    }

    private List<String> scans(String table) {
        List<String> lines = new ArrayList<>();
        try (Statement statement = outside.createStatement();
                ResultSet rows = statement.executeQuery("SELECT scan_id, status,"
                        + " COALESCE(json_array_length(error_details_json), 0) FROM " + table + " ORDER BY rowid")) {
            while (rows.next()) {
                lines.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getInt(3));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return lines;
    }

    private void replace(String into, @Nullable Object... values) {
        String places = String.join(", ", Collections.nCopies(values.length, "?"));
        try (PreparedStatement statement =
                outside.prepareStatement("INSERT OR REPLACE INTO " + into + " VALUES (" + places + ")")) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stores.close();
        try {
            outside.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
