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
    Agent withRole(Role role) {
        return new Agent(
                id,
                pane,
                role,
                capability,
                label,
                projectPath,
                parent,
                role.permissionsJson(),
                createdAt,
                lastRegisteredAt,
                lastSeenAt,
                active);
    }

    /** A copy with other descriptive values. */
    Agent described(Capability capability, String label, String projectPath) {
        return new Agent(
                id,
                pane,
                role,
                capability,
                label,
                projectPath,
                parent,
                permissionsJson,
                createdAt,
                lastRegisteredAt,
                lastSeenAt,
                active);
    }

    /** A copy that is not active. */
    Agent ended() {
        return new Agent(
                id,
                pane,
                role,
                capability,
                label,
                projectPath,
                parent,
                permissionsJson,
                createdAt,
                lastRegisteredAt,
                lastSeenAt,
                false);
    }

    /** A copy registered again at {@code now} and active. */
    Agent registered(String now) {
        return new Agent(
                id,
                pane,
                role,
                capability,
                label,
                projectPath,
                parent,
                permissionsJson,
                createdAt,
                now,
                lastSeenAt,
                true);
    }
}
