package dev.agenttower.core.agent;

import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * A stored agent. Role and capability are within their closed sets; time stamps are kept as stored text.
 *
 * @param label the display name, or empty; at most 64 code points
 * @param projectPath the absolute path it works in, or empty
 * @param parent the slave that a swarm agent belongs to, or null
 * @param permissionsJson the permissions of its role, as stored
 * @param lastSeenAt when a pane scan last saw its pane, or null
 */
public record Agent(
        AgentId id,
        PaneKey pane,
        Role role,
        Capability capability,
        String label,
        String projectPath,
        @Nullable AgentId parent,
        String permissionsJson,
        String createdAt,
        String lastRegisteredAt,
        @Nullable String lastSeenAt,
        boolean active) {

    /** A copy in another role, with the permissions of that role. */
    Agent withRole(Role other) {
        return copy(other, capability, label, projectPath, other.permissionsJson(), lastRegisteredAt, active);
    }

    /** A copy with other descriptive values. */
    Agent described(Capability otherCapability, String otherLabel, String otherPath) {
        return copy(role, otherCapability, otherLabel, otherPath, permissionsJson, lastRegisteredAt, active);
    }

    /** A copy that is not active. */
    Agent ended() {
        return copy(role, capability, label, projectPath, permissionsJson, lastRegisteredAt, false);
    }

    /** A copy registered again at {@code now} and active. */
    Agent registered(String now) {
        return copy(role, capability, label, projectPath, permissionsJson, now, true);
    }

    /** A copy in which all differs that may. */
    private Agent copy(
            Role newRole,
            Capability newCapability,
            String newLabel,
            String newPath,
            String newPermissions,
            String registeredAt,
            boolean isActive) {
        return new Agent(
                id,
                pane,
                newRole,
                newCapability,
                newLabel,
                newPath,
                parent,
                newPermissions,
                createdAt,
                registeredAt,
                lastSeenAt,
                isActive);
    }
}
