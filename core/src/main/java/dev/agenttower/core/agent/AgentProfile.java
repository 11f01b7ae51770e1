package dev.agenttower.core.agent;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.agenttower.core.agent.AgentStore.Writes;
import dev.agenttower.core.agent.RoleChanges.RoleChange;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.exclusion.KeyedLock;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.lifecycle.LifecycleLog;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes role, capability, label and project path of an agent. Thread-safe; changes of one agent run one after the other.
 *
 * <p>A stored change of the role is recorded on the audit trail; a failure to write the trail is reported and does not undo the change.
 */
public final class AgentProfile {
    private static final String SET_ROLE = "set_role";

    private final KeyedLock<AgentId> locks = new KeyedLock<>();
    private final AgentStore store;
    private final RoleChanges roleChanges;

    /** Builds the use case from its ports. */
    public AgentProfile(AgentStore store, AuditLog audit, LifecycleLog lifecycle) {
        this.store = requireNonNull(store, "store");
        this.roleChanges = new RoleChanges(requireNonNull(audit, "audit"), requireNonNull(lifecycle, "lifecycle"));
    }

    /**
     * Changes the role.
     *
     * @param confirmed whether a promotion to master is confirmed
     * @param byPerson whether a person on the host asks for it: an agent must not give itself, or another one, the right to direct others
     * @throws RefusedException {@code SWARM_ROLE_VIA_SET_ROLE_REJECTED}, {@code MASTER_CONFIRM_REQUIRED}, {@code AGENT_NOT_FOUND} or
     *     {@code AGENT_INACTIVE}, checked in this order; an agent in an inactive container cannot become master
     */
    public Change changeRole(AgentId id, Role role, boolean confirmed, boolean byPerson, long peerUid) {
        requireSettable(role, confirmed, byPerson);
        return locks.holding(id, () -> {
            Rewrite rewrite = rewrite(id, role, agent -> agent);
            auditRole(rewrite, confirmed, peerUid);
            return new Change(
                    rewrite.before.role().wire(), role.wire(), rewrite.after.permissionsJson(), rewrite.changesRole());
        });
    }

    /**
     * Changes the label.
     *
     * @throws RefusedException as {@link AgentRules#label}, {@code AGENT_NOT_FOUND}, {@code AGENT_INACTIVE}, or {@code VALUE_OUT_OF_SET} if
     *     another active agent has the label, checked in this order
     */
    public Change changeLabel(AgentId id, String label) {
        String clean = AgentRules.label(label);
        Rewrite rewrite = locks.holding(
                id, () -> rewrite(id, null, agent -> agent.described(agent.capability(), clean, agent.projectPath())));
        return new Change(rewrite.before.label(), clean, rewrite.after.permissionsJson(), false);
    }

    /**
     * Changes the capability.
     *
     * @throws RefusedException {@code AGENT_NOT_FOUND} or {@code AGENT_INACTIVE}, checked in this order
     */
    public Change changeCapability(AgentId id, Capability capability) {
        Rewrite rewrite = locks.holding(
                id, () -> rewrite(id, null, agent -> agent.described(capability, agent.label(), agent.projectPath())));
        return new Change(
                rewrite.before.capability().wire(), capability.wire(), rewrite.after.permissionsJson(), false);
    }

    /**
     * Changes several fields in one transaction; a promotion to master counts as confirmed. If no field is given, the agent may be inactive.
     *
     * @param byPerson as for {@link #changeRole}
     * @return the agent after the change
     * @throws RefusedException as for the single changes, in their order; then nothing is written
     */
    public Agent change(AgentId id, AgentUpdate update, boolean byPerson, long peerUid) {
        Role role = update.role();
        if (role != null) {
            requireSettable(role, true, byPerson);
        }
        if (update.fields().isEmpty()) {
            return store.find(id).orElseThrow(() -> notFound(id)).agent();
        }
        return locks.holding(id, () -> {
            Rewrite rewrite = rewrite(
                    id,
                    role,
                    agent -> agent.described(
                            requireNonNullElse(update.capability(), agent.capability()),
                            requireNonNullElse(update.label(), agent.label()),
                            requireNonNullElse(update.projectPath(), agent.projectPath())));
            auditRole(rewrite, true, peerUid);
            return rewrite.after;
        });
    }

    private static void requireSettable(Role role, boolean confirmed, boolean byPerson) {
        if (role == Role.SWARM) {
            throw new RefusedException(
                    ErrorCode.SWARM_ROLE_VIA_SET_ROLE_REJECTED,
                    "role swarm cannot be set on an agent; register its pane with --role swarm and --parent");
        }
        if (role == Role.MASTER && !confirmed) {
            throw new RefusedException(
                    ErrorCode.MASTER_CONFIRM_REQUIRED,
                    "role master lets an agent direct others; confirm it, for instance with --confirm");
        }
        if (role == Role.MASTER && !byPerson) {
            throw new RefusedException(
                    ErrorCode.MASTER_CONFIRM_REQUIRED,
                    "only a person on the host makes an agent a master: from a terminal that is no agent's pane");
        }
    }

    private Rewrite rewrite(AgentId id, @Nullable Role role, UnaryOperator<Agent> description) {
        return store.write(writes -> {
            Agent before = writes.findById(id).orElseThrow(() -> notFound(id));
            requireActive(writes, before, role);
            Agent described = description.apply(before);
            Agent after = role == null || role == before.role() ? described : described.withRole(role);
            if (!after.label().equals(before.label())) {
                AgentRules.requireFreeLabel(writes, after);
            }
            if (!after.equals(before)) {
                writes.update(after);
            }
            return new Rewrite(before, after);
        });
    }

    private static void requireActive(Writes writes, Agent agent, @Nullable Role role) {
        if (!agent.active()) {
            throw new RefusedException(
                    ErrorCode.AGENT_INACTIVE,
                    "agent " + agent.id() + " is inactive; register it again from its pane first",
                    Map.of("agent_id", agent.id().value()));
        }
        if (role == Role.MASTER && !writes.isContainerActive(agent.pane().container())) {
            throw new RefusedException(
                    ErrorCode.AGENT_INACTIVE,
                    "the bench of agent " + agent.id()
                            + " is not running, so it cannot become master; start it and scan first",
                    Map.of("agent_id", agent.id().value()));
        }
    }

    private void auditRole(Rewrite rewrite, boolean confirmed, long peerUid) {
        Agent after = rewrite.after;
        if (rewrite.changesRole()) {
            roleChanges.append(
                    SET_ROLE, new RoleChange(after.id(), rewrite.before.role(), after.role()), confirmed, peerUid);
        }
    }

    private static RefusedException notFound(AgentId id) {
        return new RefusedException(
                ErrorCode.AGENT_NOT_FOUND,
                "no agent has the id " + id + "; see list-agents",
                Map.of("agent_id", id.value()));
    }

    private record Rewrite(Agent before, Agent after) {
        boolean changesRole() {
            return before.role() != after.role();
        }
    }

    /**
     * The result of a change.
     *
     * @param prior the value before, as stored
     * @param current the value now; equal to {@code prior} when nothing was written
     * @param permissionsJson the current permissions of the agent, as stored
     * @param audited whether the change belongs on the audit trail
     */
    public record Change(String prior, String current, String permissionsJson, boolean audited) {}
}
