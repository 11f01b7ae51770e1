package dev.agenttower.client.governance.role;

import static java.util.Objects.requireNonNull;

/**
 * In whose name something is done.
 *
 * @param agent such as {@code CLAUDE}; a label, the daemon finds out itself who calls
 * @param role such as {@code Backend_Engineer}
 */
public record Actor(String agent, String role) {
    /** Checks that neither is blank. */
    public Actor {
        requireNonNull(agent, "agent");
        requireNonNull(role, "role");
        if (agent.isBlank() || role.isBlank()) {
            throw new IllegalArgumentException("an actor needs an agent and a role");
        }
    }
}
