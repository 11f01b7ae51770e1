package dev.agenttower.core.memory;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.pane.PaneKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent as stored in a table: role and capability may lie outside their closed sets, and ids may have any form.
 *
 * @param parentAgentId the parent, or null
 * @param permissionsJson {@code effective_permissions}
 * @param lastSeenAt when a pane scan last saw the pane, or null
 */
public record AgentRow(
        String agentId,
        PaneKey pane,
        String role,
        String capability,
        String label,
        String projectPath,
        @Nullable String parentAgentId,
        String permissionsJson,
        String createdAt,
        String lastRegisteredAt,
        @Nullable String lastSeenAt,
        boolean active) {
    /** The row of an agent. */
    public static AgentRow of(Agent agent) {
        AgentId parent = agent.parent();
        return new AgentRow(
                agent.id().value(),
                agent.pane(),
                agent.role().wire(),
                agent.capability().wire(),
                agent.label(),
                agent.projectPath(),
                parent == null ? null : parent.value(),
                agent.permissionsJson(),
                agent.createdAt(),
                agent.lastRegisteredAt(),
                agent.lastSeenAt(),
                agent.active());
    }

    Agent toAgent() {
        return new Agent(
                new AgentId(agentId),
                pane,
                known(Role.parse(role), "role", role),
                known(Capability.parse(capability), "capability", capability),
                label,
                projectPath,
                parentAgentId == null ? null : new AgentId(parentAgentId),
                permissionsJson,
                createdAt,
                lastRegisteredAt,
                lastSeenAt,
                active);
    }

    int rolePriority() {
        return Role.parse(role).map(Role::priority).orElse(99);
    }

    boolean isPartiallyConfigured() {
        return role.equals("unknown") || capability.equals("unknown") || label.isEmpty() || label.equals("unknown");
    }

    AgentRow at(PaneKey address) {
        return with(address, lastSeenAt, active);
    }

    AgentRow seenAt(String at) {
        return with(pane, at, active);
    }

    AgentRow inactive() {
        return with(pane, lastSeenAt, false);
    }

    private AgentRow with(PaneKey address, @Nullable String seenAt, boolean isActive) {
        return new AgentRow(
                agentId,
                address,
                role,
                capability,
                label,
                projectPath,
                parentAgentId,
                permissionsJson,
                createdAt,
                lastRegisteredAt,
                seenAt,
                isActive);
    }

    private <T> T known(Optional<T> parsed, String column, String value) {
        return parsed.orElseThrow(() -> new StorageException(
                "agent '" + agentId + "' has the unknown " + column + " '" + value + "'",
                new IllegalArgumentException(value)));
    }
}
