package dev.agenttower.core.agent;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.lifecycle.LifecycleLog;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Changes role, capability, label and project path of an agent. Thread-safe; changes of one agent run one after the other.
 */
public final class AgentProfile {
    /** Builds the use case from its ports. */
    public AgentProfile(AgentStore store, AuditLog audit, LifecycleLog lifecycle, InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    /**
     * Changes the role.
     *
     * @param confirmed whether a promotion to master is confirmed
     * @throws dev.agenttower.core.failure.RefusedException {@code SWARM_ROLE_VIA_SET_ROLE_REJECTED}, {@code MASTER_CONFIRM_REQUIRED},
     *     {@code AGENT_NOT_FOUND} or {@code AGENT_INACTIVE}, checked in this order
     */
    public Change changeRole(AgentId id, Role role, boolean confirmed, long peerUid) {
        throw new UnsupportedOperationException();
    }

    /**
     * Changes the label, which is in its stored form.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code AGENT_NOT_FOUND} or {@code AGENT_INACTIVE}
     */
    public Change changeLabel(AgentId id, String label) {
        throw new UnsupportedOperationException();
    }

    /**
     * Changes the capability.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code AGENT_NOT_FOUND} or {@code AGENT_INACTIVE}
     */
    public Change changeCapability(AgentId id, Capability capability) {
        throw new UnsupportedOperationException();
    }

    /**
     * Changes several fields in one transaction, a promotion to master being confirmed; null is not given.
     *
     * @throws dev.agenttower.core.failure.RefusedException as the single changes; nothing is then written
     */
    public AgentListing change(
            AgentId id,
            @Nullable Role role,
            @Nullable Capability capability,
            @Nullable String label,
            @Nullable String projectPath,
            long peerUid) {
        throw new UnsupportedOperationException();
    }

    /**
     * What a change did.
     *
     * @param prior the value before, as it is stored
     * @param current the value now; equal to {@code prior} when nothing was written
     * @param permissionsJson what the agent may do now, as it is stored
     * @param audited whether the change belongs on the audit trail
     */
    public record Change(String prior, String current, String permissionsJson, boolean audited) {}
}
