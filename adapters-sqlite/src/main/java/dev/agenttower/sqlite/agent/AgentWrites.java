package dev.agenttower.sqlite.agent;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.sqlite.pane.PaneRows;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The writes to agents within one transaction. */
public final class AgentWrites implements AgentStore.Writes {
    private static final String INSERT = """
            INSERT INTO agents (agent_id, container_id, tmux_socket_path, tmux_session_name, tmux_window_index,
                tmux_pane_index, tmux_pane_id, role, capability, label, project_path, parent_agent_id,
                effective_permissions, created_at, last_registered_at, last_seen_at, active)
            VALUES (:id.value, :pane.container.value, :pane.socketPath, :pane.sessionName, :pane.windowIndex,
                :pane.paneIndex, :pane.paneId, :role.wire, :capability.wire, :label, :projectPath, :parent?.value,
                :permissionsJson, :createdAt, :lastRegisteredAt, :lastSeenAt, :active)""";
    private static final String UPDATE = """
            UPDATE agents SET role = :role.wire, capability = :capability.wire, label = :label,
                project_path = :projectPath, effective_permissions = :permissionsJson,
                last_registered_at = :lastRegisteredAt, active = :active
            WHERE agent_id = :id.value""";

    private static final String DECLINE = """
            INSERT OR IGNORE INTO declined_panes (container_id, tmux_socket_path, tmux_pane_id, server_pid, server_started)
            SELECT p.container_id, p.tmux_socket_path, p.tmux_pane_id,
                COALESCE(i.server_pid, 0), COALESCE(i.server_started, 0)
            FROM (SELECT * FROM panes WHERE active = 1 AND %s) AS p LEFT JOIN pane_identities AS i ON %s""".formatted(PaneRows.IS_KEY, PaneRows.sameKey("i", "p"));
    private static final String RECLAIM = """
            DELETE FROM declined_panes AS d WHERE NOT EXISTS (
                SELECT 1 FROM panes AS p LEFT JOIN pane_identities AS i ON %s WHERE p.active = 1 AND %s)""".formatted(PaneRows.sameKey("i", "p"), SqliteAgentStore.IS_DECLINED);

    private final Handle handle;

    public AgentWrites(Handle handle) {
        this.handle = handle;
    }

    @Override
    public boolean isContainerActive(ContainerId container) {
        return exists("SELECT 1 FROM containers WHERE active = 1 AND container_id = :value", container);
    }

    @Override
    public boolean isPaneActive(PaneKey pane) {
        return exists("SELECT 1 FROM panes WHERE active = 1 AND " + PaneRows.IS_KEY, pane);
    }

    private boolean exists(String sql, Object key) {
        return handle.select(sql)
                .bindMethods(key)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    @Override
    public Optional<Agent> findByPane(PaneKey pane) {
        return find(PaneRows.IS_KEY, pane);
    }

    @Override
    public Optional<Agent> findById(AgentId id) {
        return find("agent_id = :value", id);
    }

    private Optional<Agent> find(String condition, Object key) {
        return handle.select("SELECT " + SqliteAgentStore.COLUMNS + " FROM agents AS a WHERE " + condition)
                .bindMethods(key)
                .map((row, context) -> SqliteAgentStore.agent(row))
                .findFirst();
    }

    @Override
    public List<AgentId> activeWithLabel(String label) {
        return handle.select("SELECT agent_id FROM agents WHERE active = 1 AND label = ? ORDER BY agent_id", label)
                .map((row, context) -> new AgentId(row.getString(1)))
                .list();
    }

    @Override
    public void insert(Agent agent) {
        handle.createUpdate(INSERT).bindMethods(agent).execute();
    }

    @Override
    public void update(Agent agent) {
        handle.createUpdate(UPDATE).bindMethods(agent).execute();
    }

    @Override
    public void remove(AgentId agent) {
        handle.execute(
                "DELETE FROM activity_windows WHERE attachment_id IN"
                        + " (SELECT attachment_id FROM log_attachments WHERE agent_id = ?)",
                agent.value());
        for (String table : List.of("log_offsets", "log_attachments", "agent_programs", "agents")) {
            handle.execute("DELETE FROM " + table + " WHERE agent_id = ?", agent.value());
        }
    }

    @Override
    public void decline(PaneKey pane) {
        handle.execute(RECLAIM);
        handle.createUpdate(DECLINE).bindMethods(pane).execute();
    }

    @Override
    public boolean isAdoptable(PaneKey pane) {
        return handle.select(
                        SqliteAgentStore.ADOPTABLE.formatted("(SELECT * FROM panes WHERE " + PaneRows.IS_KEY + ")"))
                .bindMethods(pane)
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    @Override
    public Optional<String> foregroundProgram(PaneKey pane) {
        return handle.select("SELECT pane_current_command FROM panes WHERE pane_current_command <> '' AND "
                        + PaneRows.IS_KEY)
                .bindMethods(pane)
                .mapTo(String.class)
                .findFirst();
    }

    @Override
    public void setProgram(AgentId agent, @Nullable String program) {
        if (program == null) {
            handle.execute("DELETE FROM agent_programs WHERE agent_id = ?", agent.value());
        } else {
            handle.execute(
                    "INSERT OR REPLACE INTO agent_programs (agent_id, program) VALUES (?, ?)", agent.value(), program);
        }
    }
}
