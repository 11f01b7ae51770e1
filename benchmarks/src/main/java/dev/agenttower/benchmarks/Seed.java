package dev.agenttower.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The numbers of rows in the tables. Panes are distributed evenly over the containers; agents are in the first panes.
 */
record Seed(int containers, int panes, int agents, int events, int messages) {
    private static final String AT = "2026-01-01T00:00:00.000000+00:00";
    private static final String[] ROLES = {"slave", "shell", "test-runner", "unknown"};

    void fill(Path database) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            connection.setAutoCommit(false);
            fillContainers(connection);
            fillPanes(connection);
            fillAgents(connection);
            fillEvents(connection);
            fillMessages(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot fill " + database, e);
        }
    }

    private void fillContainers(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO containers (container_id, name, image, status, active, first_seen_at, last_scanned_at)"
                        + " VALUES (?, ?, 'bench:1', 'running', 1, ?, ?)")) {
            for (int i = 0; i < containers; i++) {
                insert.setString(1, container(i));
                insert.setString(2, "bench-" + i);
                insert.setString(3, AT);
                insert.setString(4, AT);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void fillPanes(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO panes VALUES (?, '/tmp/tmux-1000/default', ?, ?, 0, ?, ?, 'dev', ?, '/dev/pts/1', 'bash',"
                        + " '/work', 'title', 1, 1, ?, ?)")) {
            for (int i = 0; i < panes; i++) {
                insert.setString(1, container(i % containers));
                insert.setString(2, "session-" + i % 7);
                insert.setInt(3, i / containers);
                insert.setString(4, "%" + i);
                insert.setString(5, "bench-" + i % containers);
                insert.setInt(6, 1000 + i);
                insert.setString(7, AT);
                insert.setString(8, AT);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void fillAgents(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO agents (agent_id, container_id, tmux_socket_path, tmux_session_name, tmux_window_index,"
                        + " tmux_pane_index, tmux_pane_id, role, capability, label, effective_permissions, created_at,"
                        + " last_registered_at, active) VALUES (?, ?, '/tmp/tmux-1000/default', ?, ?, 0, ?, ?, 'claude',"
                        + " ?, '{}', ?, ?, 1)")) {
            for (int i = 0; i < agents; i++) {
                insert.setString(1, String.format("agt_%012x", i));
                insert.setString(2, container(i % containers));
                insert.setString(3, "session-" + i % 7);
                insert.setInt(4, i / containers);
                insert.setString(5, "%" + i);
                insert.setString(6, ROLES[i % ROLES.length]);
                insert.setString(7, "agent-" + i);
                insert.setString(8, AT.replace(".000000", String.format(".%06d", i)));
                insert.setString(9, AT);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void fillEvents(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO events (event_type, agent_id, observed_at, excerpt, jsonl_appended_at)"
                        + " VALUES ('activity', ?, ?, 'text', ?)")) {
            for (int i = 0; i < events; i++) {
                insert.setString(1, String.format("agt_%012x", i % Math.max(agents, 1)));
                insert.setString(2, AT);
                insert.setString(3, AT);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void fillMessages(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO message_queue (message_id, state, sender_agent_id, sender_label, sender_role,"
                        + " target_agent_id, target_label, target_role, target_container_id, target_pane_id,"
                        + " envelope_body, envelope_body_sha256, envelope_size_bytes, enqueued_at, delivered_at,"
                        + " last_updated_at) VALUES (?, 'delivered', 'agt_000000000000', 'a', 'master', ?, 'b',"
                        + " 'slave', ?, '%1', x'00', 'hash', 1, ?, ?, ?)")) {
            for (int i = 0; i < messages; i++) {
                insert.setString(1, "message-" + i);
                insert.setString(2, String.format("agt_%012x", i % Math.max(agents, 1)));
                insert.setString(3, container(i % containers));
                insert.setString(4, AT);
                insert.setString(5, AT);
                insert.setString(6, AT);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String container(int number) {
        return String.format("%064x", number + 1);
    }
}
