package dev.agenttower.core.agent;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.agenttower.core.agent.AgentStore.Writes;
import dev.agenttower.core.agent.RegisterAgent.ParentChoice;
import dev.agenttower.core.agent.Registration.Kind;
import dev.agenttower.core.agent.RoleChanges.RoleChange;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.discovery.PaneLookup;
import dev.agenttower.core.exclusion.KeyedLock;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.text.FreshIds;
import dev.agenttower.core.time.Timestamps;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Adopts panes as agents. Thread-safe; two registrations of one pane run one after the other.
 */
public final class AgentRegistration {
    private static final String METHOD = "register_agent";
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "busybox", "zsh", "fish", "ksh");

    private final KeyedLock<PaneKey> locks = new KeyedLock<>();
    private final AgentStore store;
    private final PaneStore panes;
    private final RoleChanges roleChanges;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final UnaryOperator<PaneKey> lookup;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * Builds the use case from its ports.
     *
     * @param random the source of ids; must be cryptographically strong
     * @param lookup returns the current address of a pane when it is adopted, such as {@link PaneLookup#current}
     */
    public AgentRegistration(
            AgentStore store,
            PaneStore panes,
            AuditLog audit,
            LifecycleLog lifecycle,
            InstantSource clock,
            RandomGenerator random,
            UnaryOperator<PaneKey> lookup) {
        this.store = requireNonNull(store, "store");
        this.panes = requireNonNull(panes, "panes");
        this.roleChanges = new RoleChanges(requireNonNull(audit, "audit"), requireNonNull(lifecycle, "lifecycle"));
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
        this.lookup = requireNonNull(lookup, "lookup");
    }

    /**
     * Calls {@code listener} after each registration, on the registering thread and before the method returns. Its exceptions propagate; the
     * agent is registered nevertheless.
     */
    public Subscription onRegistered(Runnable listener) {
        // A separate wrapper: closing one of two subscriptions of the same listener must keep the other.
        Runnable entry = () -> listener.run();
        listeners.add(entry);
        return () -> listeners.remove(entry);
    }

    /**
     * Adopts a pane at its current address, or changes the agent of the pane. A stored new agent or changed role is recorded on the audit trail;
     * a failure to write the trail is reported and does not undo the change.
     *
     * <p>An agent with a parent and a role other than swarm may be registered again if both stay the same.
     *
     * @param peerUid the user id that the audit record names; -1 when unknown
     * @throws RefusedException {@code MASTER_VIA_REGISTER_SELF_REJECTED}, {@code SWARM_PARENT_REQUIRED}, {@code PARENT_ROLE_MISMATCH},
     *     {@code PANE_UNKNOWN_TO_DAEMON}, {@code PARENT_NOT_FOUND}, {@code PARENT_INACTIVE}, {@code PARENT_ROLE_INVALID} or
     *     {@code PARENT_IMMUTABLE}, {@code VALUE_OUT_OF_SET} if another active agent has the label, checked in this order, and
     *     {@code INTERNAL_ERROR} if no free id was found; then nothing is written
     */
    public Registration register(RegisterAgent request, long peerUid) {
        return register(request, peerUid, null);
    }

    /**
     * As {@link #register(RegisterAgent, long)}, together with other work: both are stored in one transaction, or neither.
     *
     * @param companion null is none
     * @throws RefusedException also as the companion
     */
    public Registration register(RegisterAgent request, long peerUid, @Nullable Companion companion) {
        // The pane may show the registering command in the foreground, which says nothing about the agent.
        return register(request, peerUid, companion, Origin.PANE);
    }

    /**
     * Adopts a pane as a rule says, at its stored address. An agent that the pane had before comes back as it was, whatever the rule says.
     *
     * @param companion work that belongs to the registration, such as its log; null is none
     * @throws RefusedException {@code PANE_ALREADY_REGISTERED} if {@linkplain Writes#isAdoptable rules may not adopt} the pane, else as
     *     {@link #register}; then nothing is written
     */
    public Registration adoptByRule(RegisterAgent request, long peerUid, @Nullable Companion companion) {
        return register(request, peerUid, companion, Origin.RULE);
    }

    private Registration register(RegisterAgent request, long peerUid, @Nullable Companion companion, Origin origin) {
        requirePossible(request);
        // A rule is applied to what was seen just now, and another look would apply the rules again.
        RegisterAgent current = origin == Origin.RULE ? request : request.at(lookup.apply(request.pane()));
        return locks.holding(current.pane(), () -> {
            Outcome outcome = companion == null
                    ? store.write(writes -> write(writes, decide(writes, current, null, origin), origin))
                    : registerWith(companion, current, origin);
            if (outcome.change != null) {
                roleChanges.append(METHOD, outcome.change, false, peerUid);
            }
            if (companion != null) {
                companion.committed();
            }
            listeners.forEach(Runnable::run);
            return new Registration(listing(outcome.agent), outcome.kind);
        });
    }

    /** Plans the registration first, so that the companion prepares nothing for one that is refused. */
    private Outcome registerWith(Companion companion, RegisterAgent request, Origin origin) {
        Agent planned = store.write(writes -> decide(writes, request, null, origin)).agent;
        return companion.accompany(
                planned,
                () -> companion.write(writes -> write(writes, decide(writes, request, planned.id(), origin), origin)));
    }

    private static Outcome write(Writes writes, Outcome outcome, Origin origin) {
        if (outcome.kind == Kind.CREATED) {
            writes.insert(outcome.agent);
        } else {
            writes.update(outcome.agent);
        }
        writes.setProgram(outcome.agent.id(), origin == Origin.PANE ? null : program(writes, outcome.agent));
        return outcome;
    }

    /** The program whose pane is adopted; null if only a shell is seen where an agent's client is said to run. */
    private static @Nullable String program(Writes writes, Agent agent) {
        return writes.foregroundProgram(agent.pane())
                .filter(program -> !agent.capability().isClient() || !SHELLS.contains(program))
                .orElse(null);
    }

    /**
     * Adopts a stored pane for a control panel.
     *
     * @throws RefusedException {@code PANE_NOT_FOUND} with the part in which the stored panes of this tmux id differ, {@code CONTAINER_INACTIVE}
     *     where a log is requested, {@code AGENT_NOT_FOUND} for a parent that is not an active agent, {@code VALUE_OUT_OF_SET},
     *     {@code FIELD_TOO_LONG} or {@code PROJECT_PATH_INVALID} for a value, checked in this order, and then as {@link #register}; then nothing
     *     is written
     * @param companion work that belongs to the registration, such as the requested log; null is none
     */
    public Registration adopt(AdoptionRequest request, long peerUid, @Nullable Companion companion) {
        requireStored(request.pane());
        if (request.attachLog()) {
            requireActiveContainer(request.pane());
        }
        AgentId parent = request.parent();
        if (parent != null) {
            requireActive(parent);
        }
        String role = request.role();
        String capability = request.capability();
        RegisterAgent registration = new RegisterAgent(
                request.pane(),
                role == null ? null : AgentRules.role(role),
                capability == null ? null : AgentRules.capability(capability),
                request.label(),
                request.projectPath(),
                parent == null ? ParentChoice.KEEP : ParentChoice.of(parent));
        return register(registration, peerUid, companion, Origin.PANEL);
    }

    private void requireStored(PaneKey wanted) {
        List<PaneKey> candidates = panes.withTmuxId(wanted.paneId());
        if (candidates.contains(wanted)) {
            return;
        }
        String mismatch = candidates.isEmpty() ? "pane_id" : mismatch(wanted, candidates.get(0));
        throw new RefusedException(
                ErrorCode.PANE_NOT_FOUND,
                "no stored pane matches: " + mismatch + " differs",
                Map.of("pane_id", wanted.paneId(), "mismatch_field", mismatch));
    }

    private static String mismatch(PaneKey wanted, PaneKey stored) {
        if (!wanted.container().equals(stored.container())) {
            return "container_id";
        }
        if (!wanted.socketPath().equals(stored.socketPath())) {
            return "tmux_socket";
        }
        if (!wanted.sessionName().equals(stored.sessionName())) {
            return "session_name";
        }
        return wanted.windowIndex() != stored.windowIndex() ? "window_index" : "pane_index";
    }

    private void requireActiveContainer(PaneKey pane) {
        if (panes.activeBenches(pane.container()).isEmpty()) {
            throw new RefusedException(
                    ErrorCode.CONTAINER_INACTIVE,
                    "the container is inactive, so no log can be attached",
                    Map.of("container_id", pane.container().value()));
        }
    }

    private void requireActive(AgentId parent) {
        boolean active =
                store.find(parent).map(listing -> listing.agent().active()).orElse(false);
        if (!active) {
            throw new RefusedException(ErrorCode.AGENT_NOT_FOUND, "no active agent has this id", agent(parent));
        }
    }

    private static void requirePossible(RegisterAgent request) {
        Role role = request.role();
        boolean namesParent = request.parent() instanceof ParentChoice.Of;
        if (role == Role.MASTER) {
            throw new RefusedException(
                    ErrorCode.MASTER_VIA_REGISTER_SELF_REJECTED,
                    "a pane cannot register itself as master; register it without a role, then run set-role --role master --confirm");
        }
        if (role == Role.SWARM && !namesParent) {
            throw new RefusedException(
                    ErrorCode.SWARM_PARENT_REQUIRED,
                    "role swarm needs a parent; name the slave it belongs to, also when the agent is a swarm member already");
        }
        if (namesParent && role != null && role != Role.SWARM) {
            throw parentForOtherRole(role);
        }
    }

    /**
     * What a registration writes.
     *
     * @param planned the id for a new agent; null is a fresh one
     */
    private Outcome decide(Writes writes, RegisterAgent request, @Nullable AgentId planned, Origin origin) {
        PaneKey pane = request.pane();
        if (origin == Origin.RULE && !writes.isAdoptable(pane)) {
            throw new RefusedException(
                    ErrorCode.PANE_ALREADY_REGISTERED,
                    "pane " + pane.paneId()
                            + " is gone, has an agent, or is left alone because its agent was forgotten");
        }
        if (!writes.isPaneActive(pane) || !writes.isContainerActive(pane.container())) {
            throw new RefusedException(
                    ErrorCode.PANE_UNKNOWN_TO_DAEMON,
                    "pane " + pane.paneId() + " on " + pane.socketPath() + " is not an active pane of an active bench",
                    Map.of("pane_id", pane.paneId()));
        }
        String now = Timestamps.micros(clock.instant());
        Optional<Agent> known = writes.findByPane(pane);
        Outcome outcome = known.isPresent()
                ? renew(origin == Origin.RULE ? unchanged(pane) : request, known.get(), now)
                : create(writes, request, planned == null ? freshId(writes) : planned, now);
        boolean keepsLabel = known.filter(Agent::active)
                .filter(agent -> agent.label().equals(outcome.agent.label()))
                .isPresent();
        if (!keepsLabel) {
            AgentRules.requireFreeLabel(writes, outcome.agent);
        }
        return outcome;
    }

    private static RegisterAgent unchanged(PaneKey pane) {
        return new RegisterAgent(pane, null, null, null, null, ParentChoice.KEEP);
    }

    private static Outcome create(Writes writes, RegisterAgent request, AgentId id, String now) {
        Role role = requireNonNullElse(request.role(), Role.UNKNOWN);
        AgentId parent = request.parent() instanceof ParentChoice.Of of ? of.parent() : null;
        if (parent != null) {
            requireUsable(writes, parent, role);
        }
        Agent agent = new Agent(
                id,
                request.pane(),
                role,
                requireNonNullElse(request.capability(), Capability.UNKNOWN),
                requireNonNullElse(request.label(), ""),
                requireNonNullElse(request.projectPath(), ""),
                parent,
                role.permissionsJson(),
                now,
                now,
                null,
                true);
        return new Outcome(agent, Kind.CREATED, new RoleChange(agent.id(), null, role));
    }

    private static void requireUsable(Writes writes, AgentId id, Role roleOfChild) {
        if (roleOfChild != Role.SWARM) {
            throw parentForOtherRole(roleOfChild);
        }
        Agent parent = writes.findById(id)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.PARENT_NOT_FOUND,
                        "parent " + id + " is not a known agent; see list-agents",
                        agent(id)));
        if (!parent.active()) {
            throw new RefusedException(
                    ErrorCode.PARENT_INACTIVE,
                    "parent " + id + " is inactive; register it again from its pane first",
                    agent(id));
        }
        if (parent.role() != Role.SLAVE) {
            throw new RefusedException(
                    ErrorCode.PARENT_ROLE_INVALID,
                    "parent " + id + " has role " + parent.role().wire() + "; a swarm member belongs to a slave");
        }
    }

    private static Map<String, Object> agent(AgentId id) {
        return Map.of("agent_id", id.value());
    }

    private static Outcome renew(RegisterAgent request, Agent known, String now) {
        requireSameParent(request.parent(), known);
        Role role = requireNonNullElse(request.role(), known.role());
        if (known.parent() != null && role != Role.SWARM && role != known.role()) {
            throw parentForOtherRole(role);
        }
        Agent described = known.described(
                requireNonNullElse(request.capability(), known.capability()),
                requireNonNullElse(request.label(), known.label()),
                requireNonNullElse(request.projectPath(), known.projectPath()));
        Agent agent = described.withRole(role).registered(now);
        return new Outcome(
                agent,
                known.active() ? Kind.UPDATED : Kind.REACTIVATED,
                role == known.role() ? null : new RoleChange(known.id(), known.role(), role));
    }

    private static void requireSameParent(ParentChoice choice, Agent known) {
        if (choice instanceof ParentChoice.Keep) {
            return;
        }
        AgentId wanted = choice instanceof ParentChoice.Of of ? of.parent() : null;
        if (!Objects.equals(wanted, known.parent())) {
            throw new RefusedException(
                    ErrorCode.PARENT_IMMUTABLE,
                    "agent " + known.id() + " has "
                            + (known.parent() == null ? "no parent" : "parent " + known.parent())
                            + " and keeps it; register without another parent");
        }
    }

    private static RefusedException parentForOtherRole(Role role) {
        return new RefusedException(
                ErrorCode.PARENT_ROLE_MISMATCH, "role " + role.wire() + " takes no parent; only role swarm does");
    }

    private AgentId freshId(Writes writes) {
        return new AgentId(FreshIds.next("agt_", "agent", random, id -> writes.exists(new AgentId(id))));
    }

    private AgentListing listing(Agent agent) {
        return store.find(agent.id()).orElseGet(() -> new AgentListing(agent, null, null, null, null));
    }

    /** Work that belongs to a registration. Its methods are called in their order, on one thread. */
    public interface Companion {
        /**
         * Prepares the work, runs the registration, and undoes the preparation if that fails.
         *
         * @param planned the agent as it will be stored
         */
        <T> T accompany(Agent planned, Supplier<T> registration);

        /** Runs the registration in a transaction that stores the work, too. */
        <T> T write(Function<Writes, T> registration);

        /** Called after the transaction and the audit record of the registration. */
        void committed();
    }

    /** Who registers a pane. */
    private enum Origin {
        /** A program in the pane. */
        PANE,
        /** A control panel. */
        PANEL,
        /** A rule of the settings. */
        RULE
    }

    private record Outcome(Agent agent, Kind kind, @Nullable RoleChange change) {}
}
