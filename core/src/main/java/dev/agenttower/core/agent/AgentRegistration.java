package dev.agenttower.core.agent;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.lifecycle.LifecycleLog;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Adopts panes as agents. Thread-safe; two registrations of one pane run one after the other.
 */
public final class AgentRegistration {
    /**
     * Builds the use case from its ports.
     *
     * @param random makes ids; must be cryptographically strong
     */
    public AgentRegistration(
            AgentStore store, AuditLog audit, LifecycleLog lifecycle, InstantSource clock, RandomGenerator random) {
        throw new UnsupportedOperationException();
    }

    /**
     * Adopts a pane, or changes the agent that the pane has.
     *
     * @param peerUid the user id that the audit record names; -1 when unknown
     * @throws dev.agenttower.core.failure.RefusedException {@code MASTER_VIA_REGISTER_SELF_REJECTED}, {@code SWARM_PARENT_REQUIRED},
     *     {@code PARENT_ROLE_MISMATCH}, {@code PANE_UNKNOWN_TO_DAEMON}, {@code PARENT_NOT_FOUND}, {@code PARENT_INACTIVE},
     *     {@code PARENT_ROLE_INVALID} or {@code PARENT_IMMUTABLE}, checked in this order; nothing is then written
     */
    public Registration register(RegisterAgent wish, long peerUid) {
        throw new UnsupportedOperationException();
    }
}
