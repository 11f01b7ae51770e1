package dev.agenttower.client.governance.role;

import static java.util.Objects.requireNonNull;

/**
 * The agent and role on whose behalf a call is made.
 *
 * @param agent such as {@code CLAUDE}; only a label, because the daemon identifies the caller itself
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
