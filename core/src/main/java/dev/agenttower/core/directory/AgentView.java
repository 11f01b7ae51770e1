package dev.agenttower.core.directory;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.page.Cells;
import dev.agenttower.core.page.ListDefinition;
import org.jspecify.annotations.Nullable;

/**
 * An agent as shown in a control panel.
 *
 * @param role as stored
 * @param rolePriority 1 to 6, 99 for a role outside the closed set
 * @param capability as stored
 * @param paneId tmux's id of its pane
 * @param registeredAt when it was first registered
 * @param logAttached whether an active log attachment exists
 * @param paneActive whether its pane is an active pane
 */
public record AgentView(
        String agentId,
        String role,
        int rolePriority,
        String capability,
        String label,
        String projectPath,
        @Nullable String parentAgentId,
        String containerId,
        String paneId,
        String registeredAt,
        boolean logAttached,
        boolean paneActive) {
    /** The list of agents. Its filter {@code container_id} takes an exact id of 64 characters or the beginning of one. */
    public static final ListDefinition<AgentView> LIST = ListDefinition.of("app.agent.list", AgentView::read)
            .text("agent_id", AgentView::agentId)
            .text("role", AgentView::role)
            .number("role_priority", AgentView::rolePriority)
            .text("capability", AgentView::capability)
            .text("label", AgentView::label)
            .text("project_path", AgentView::projectPath)
            .text("parent_agent_id", AgentView::parentAgentId)
            .text("container_id", AgentView::containerId)
            .text("pane_id", AgentView::paneId)
            .text("registered_at", AgentView::registeredAt)
            .flag("log_attached", AgentView::logAttached)
            .flag("pane_active", AgentView::paneActive)
            .filter("role")
            .filter("capability")
            .filterOfStore("container_id")
            .filter("log_attached")
            .order("default", "role_priority", "registered_at", "agent_id")
            .order("registered_at", "registered_at", "agent_id")
            .order("role", "role_priority", "agent_id")
            .build();

    /** The view of a stored agent. */
    public static AgentView of(Agent agent, boolean logAttached, boolean paneActive) {
        AgentId parent = agent.parent();
        return new AgentView(
                agent.id().value(),
                agent.role().wire(),
                agent.role().priority(),
                agent.capability().wire(),
                agent.label(),
                agent.projectPath(),
                parent == null ? null : parent.value(),
                agent.pane().container().value(),
                agent.pane().paneId(),
                agent.createdAt(),
                logAttached,
                paneActive);
    }

    private static AgentView read(Cells row) {
        return new AgentView(
                row.text("agent_id"),
                row.text("role"),
                (int) row.number("role_priority"),
                row.text("capability"),
                row.text("label"),
                row.text("project_path"),
                row.textOrNull("parent_agent_id"),
                row.text("container_id"),
                row.text("pane_id"),
                row.text("registered_at"),
                row.flag("log_attached"),
                row.flag("pane_active"));
    }
}
