package dev.agenttower.contract.wire;

import dev.agenttower.contract.process.DaemonProcess;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows that tests put into the database of a running daemon, and the parameters that name them. */
final class World {
    /** The socket of every pane here. */
    static final String SOCKET = "/tmp/tmux-1000/default";
    /** The bench of most panes here. */
    static final String BENCH = "a".repeat(64);

    private final DaemonProcess tower;

    World(DaemonProcess tower) {
        this.tower = tower;
    }

    /** A container. */
    World container(String id, String name, boolean active) {
        tower.sql("INSERT INTO containers (container_id, name, image, status, config_user, active, first_seen_at,"
                + " last_scanned_at) VALUES ('" + id + "', '" + name + "', 'img', 'running', 'dev:1000', "
                + (active ? 1 : 0) + ", '2026-05-01T00:00:00.000000+00:00', '2026-05-02T00:00:00.000000+00:00')");
        return this;
    }

    /** A pane of session {@code main}, window 0, with the id of its number. */
    World pane(String container, int number, boolean active) {
        tower.sql("INSERT INTO panes (container_id, tmux_socket_path, tmux_session_name, tmux_window_index,"
                + " tmux_pane_index, tmux_pane_id, container_name, container_user, pane_pid, pane_tty,"
                + " pane_current_command, pane_current_path, pane_title, pane_active, active, first_seen_at,"
                + " last_scanned_at) SELECT '" + container + "', '" + SOCKET + "', 'main', 0, " + number + ", '%"
                + number + "', name, '', 40 + " + number + ", '', '', '/workspace', '', 0, " + (active ? 1 : 0)
                + ", '2026-05-03T00:00:00.000000+00:00', '2026-05-04T00:00:00.000000+00:00' FROM containers"
                + " WHERE container_id = '" + container + "'");
        return this;
    }

    /** An agent on a pane like that of {@link #pane}. */
    World agent(String id, String container, int pane, String role, boolean active) {
        return agent(id, container, pane, role, "codex", id, active);
    }

    /** An agent on a pane like that of {@link #pane}. */
    World agent(String id, String container, int pane, String role, String capability, String label, boolean active) {
        tower.sql("INSERT INTO agents (agent_id, container_id, tmux_socket_path, tmux_session_name, tmux_window_index,"
                + " tmux_pane_index, tmux_pane_id, role, capability, label, effective_permissions, created_at,"
                + " last_registered_at, active) VALUES ('" + id + "', '" + container + "', '" + SOCKET
                + "', 'main', 0, " + pane + ", '%" + pane + "', '" + role + "', '" + capability + "', '" + label
                + "', '{}', '2026-05-0" + (1 + pane % 9) + "T00:00:00.000000+00:00',"
                + " '2026-05-05T00:00:00.000000+00:00', " + (active ? 1 : 0) + ")");
        return this;
    }

    /** A log of an agent that is attached. */
    World log(String agent, String status) {
        tower.sql("INSERT INTO log_attachments (attachment_id, agent_id, container_id, tmux_socket_path,"
                + " tmux_session_name, tmux_window_index, tmux_pane_index, tmux_pane_id, log_path, status, source,"
                + " pipe_pane_command, attached_at, last_status_at, created_at) SELECT 'lat_' || substr(agent_id, -12),"
                + " agent_id, container_id, tmux_socket_path, tmux_session_name, 0, tmux_pane_index, tmux_pane_id,"
                + " '/l/' || agent_id, '" + status + "', 'explicit', 'c', 'x', 'x', 'x' FROM agents WHERE agent_id = '"
                + agent + "'");
        return this;
    }

    /** A message in the queue. */
    World message(String id, String state, String enqueuedAt) {
        String reason = state.equals("blocked") ? "'operator_delayed'" : "NULL";
        String delivered = state.equals("delivered") ? "'x'" : "NULL";
        tower.sql("INSERT INTO message_queue (message_id, state, block_reason, sender_agent_id, sender_label,"
                + " sender_role, target_agent_id, target_label, target_role, target_container_id, target_pane_id,"
                + " envelope_body, envelope_body_sha256, envelope_size_bytes, enqueued_at, delivered_at,"
                + " last_updated_at) VALUES ('" + id + "', '" + state + "', " + reason
                + ", 's', 's', 'master', 't', 't', 'slave', 'c', '%0', x'61', 'h', 1, '" + enqueuedAt + "', "
                + delivered + ", 'x')");
        return this;
    }

    /** A route. */
    World route(String id, boolean enabled, String createdAt) {
        tower.sql("INSERT INTO routes (route_id, event_type, source_scope_kind, target_rule, master_rule, template,"
                + " enabled, created_at, updated_at) VALUES ('" + id + "', 'completed', 'any', 'source', 'auto', 't', "
                + (enabled ? 1 : 0) + ", '" + createdAt + "', 'x')");
        return this;
    }

    /** An event. */
    World event(String type, String agent) {
        tower.sql("INSERT INTO events (event_type, agent_id, observed_at, excerpt) VALUES ('" + type + "', '" + agent
                + "', '2026-05-06T00:00:00.000000+00:00', 'x')");
        return this;
    }

    /** How the older methods name a pane like that of {@link #pane}. */
    static Map<String, Object> key(String container, int pane) {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("container_id", container);
        key.put("tmux_socket_path", SOCKET);
        key.put("tmux_session_name", "main");
        key.put("tmux_window_index", 0);
        key.put("tmux_pane_index", pane);
        key.put("tmux_pane_id", "%" + pane);
        return key;
    }

    /** How the contract names a pane like that of {@link #pane}. */
    static Map<String, Object> appPane(String container, int pane) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("container_id", container);
        parts.put("tmux_socket", SOCKET);
        parts.put("session_name", "main");
        parts.put("window_index", 0);
        parts.put("pane_index", pane);
        parts.put("pane_id", "%" + pane);
        return parts;
    }
}
