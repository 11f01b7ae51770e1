package dev.agenttower.core.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects agents; all conditions must hold.
 *
 * @param roles any of these; empty is all
 * @param containerId 64 characters are an exact id, fewer a prefix; null is all
 * @param activeOnly leaves inactive agents out
 * @param parent only members of this slave's swarm; null is all
 */
public record AgentFilter(
        List<Role> roles,
        @Nullable String containerId,
        boolean activeOnly,
        @Nullable AgentId parent) {
    /** Every agent. */
    public static final AgentFilter ALL = new AgentFilter(List.of(), null, false, null);

    /** Copies the roles. */
    public AgentFilter {
        roles = List.copyOf(roles);
    }
}
