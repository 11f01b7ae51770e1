package dev.agenttower.sqlite.agent;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.sqlite.pane.PaneRows;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What may be done to agents within one transaction. */
final class AgentWrites implements AgentStore.Writes {
    private static final String INSERT = """
            INSERT INTO agents (agent_id, container_id, tmux_socket_path, tmux_session_name, tmux_window_index,
                tmux_pane_index, tmux_pane_id, role, capability, label, project_path, parent_agent_id,
                effective_permissions, created_at, last_registered_at, last_seen_at, active)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String UPDATE = """
            UPDATE agents SET role = ?, capability = ?, label = ?, project_path = ?, effective_permissions = ?,
                last_registered_at = ?, active = ?
            WHERE agent_id = ?""";

    private final Handle handle;

    AgentWrites(Handle handle) {
        this.handle = handle;
    }

    @Override
    public boolean isContainerActive(ContainerId container) {
        return exists("SELECT 1 FROM containers WHERE active = 1 AND container_id = ?", container.value());
    }

    @Override
    public boolean isPaneActive(PaneKey pane) {
        return exists("SELECT 1 FROM panes WHERE active = 1 AND " + PaneRows.IS_KEY, PaneRows.values(pane));
    }

    private boolean exists(String sql, Object... values) {
        return handle.select(sql, values).mapTo(Integer.class).findFirst().isPresent();
    }

    @Override
    public Optional<Agent> findByPane(PaneKey pane) {
        return find(PaneRows.IS_KEY, PaneRows.values(pane));
    }

    @Override
    public Optional<Agent> findById(AgentId id) {
        return find("agent_id = ?", id.value());
    }

    private Optional<Agent> find(String condition, Object... values) {
        return handle.select("SELECT " + SqliteAgentStore.COLUMNS + " FROM agents AS a WHERE " + condition, values)
                .map((row, context) -> SqliteAgentStore.agent(row))
                .findFirst();
    }

    @Override
    public void insert(Agent agent) {
        PaneKey pane = agent.pane();
        @Nullable AgentId parent = agent.parent();
        handle.execute(
                INSERT,
                agent.id().value(),
                pane.container().value(),
                pane.socketPath(),
                pane.sessionName(),
                pane.windowIndex(),
                pane.paneIndex(),
                pane.paneId(),
                agent.role().wire(),
                agent.capability().wire(),
                agent.label(),
                agent.projectPath(),
                parent == null ? null : parent.value(),
                agent.permissionsJson(),
                agent.createdAt(),
                agent.lastRegisteredAt(),
                agent.lastSeenAt(),
                agent.active() ? 1 : 0);
    }

    @Override
    public void update(Agent agent) {
        handle.execute(
                UPDATE,
                agent.role().wire(),
                agent.capability().wire(),
                agent.label(),
                agent.projectPath(),
                agent.permissionsJson(),
                agent.lastRegisteredAt(),
                agent.active() ? 1 : 0,
                agent.id().value());
    }
}
