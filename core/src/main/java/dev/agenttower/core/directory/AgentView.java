package dev.agenttower.core.directory;

import org.jspecify.annotations.Nullable;

/**
 * An agent as a control panel shows it.
 *
 * @param role as it is stored
 * @param rolePriority 1 to 6, 99 for a role outside the closed set
 * @param capability as it is stored
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
        boolean paneActive) {}
