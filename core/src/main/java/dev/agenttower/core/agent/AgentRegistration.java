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
import dev.agenttower.core.time.Timestamps;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Adopts panes as agents. Thread-safe; two registrations of one pane run one after the other.
 */
public final class AgentRegistration {
    private static final String METHOD = "register_agent";
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "busybox", "zsh", "fish", "ksh");
    private static final int ID_BYTES = 6;
    private static final int ID_ATTEMPTS = 5;

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
     *     {@code PARENT_IMMUTABLE}, checked in this order, and {@code INTERNAL_ERROR} if no free id was found; then nothing is written
     */
    public Registration register(RegisterAgent request, long peerUid) {
        // Its own pane may show the registering command in the foreground, which says nothing about the agent.
        return register(request, peerUid, false);
    }

    private Registration register(RegisterAgent request, long peerUid, boolean fromOutside) {
        requirePossible(request);
        RegisterAgent current = request.at(lookup.apply(request.pane()));
        return locks.holding(current.pane(), () -> {
            Outcome outcome = store.write(writes -> {
                Outcome written = write(writes, current);
                writes.setProgram(written.agent.id(), fromOutside ? program(writes, written.agent) : null);
                return written;
            });
            if (outcome.change != null) {
                roleChanges.append(METHOD, outcome.change, false, peerUid);
            }
            listeners.forEach(Runnable::run);
            return new Registration(listing(outcome.agent), outcome.kind);
        });
    }

    /**
     * Adopts a stored pane for a control panel.
     *
     * @throws RefusedException {@code PANE_NOT_FOUND} with the part in which the stored panes of this tmux id differ, {@code CONTAINER_INACTIVE}
     *     where a log is requested, {@code AGENT_NOT_FOUND} for a parent that is not an active agent, {@code VALUE_OUT_OF_SET},
     *     {@code FIELD_TOO_LONG} or {@code PROJECT_PATH_INVALID} for a value, checked in this order, and then as {@link #register}; then nothing
     *     is written
     */
    public Registration adopt(AdoptionRequest request, long peerUid) {
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
        return register(registration, peerUid, true);
    }

    /** The program whose pane is adopted; null if only a shell is seen where an agent's client is said to run. */
    private static @Nullable String program(Writes writes, Agent agent) {
        return writes.foregroundProgram(agent.pane())
                .filter(program -> !agent.capability().isClient() || !SHELLS.contains(program))
                .orElse(null);
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

    private Outcome write(Writes writes, RegisterAgent request) {
        PaneKey pane = request.pane();
        if (!writes.isPaneActive(pane) || !writes.isContainerActive(pane.container())) {
            throw new RefusedException(
                    ErrorCode.PANE_UNKNOWN_TO_DAEMON,
                    "pane " + pane.paneId() + " on " + pane.socketPath() + " is not an active pane of an active bench",
                    Map.of("pane_id", pane.paneId()));
        }
        String now = Timestamps.micros(clock.instant());
        Optional<Agent> known = writes.findByPane(pane);
        return known.isPresent() ? renew(writes, request, known.get(), now) : create(writes, request, now);
    }

    private Outcome create(Writes writes, RegisterAgent request, String now) {
        Role role = requireNonNullElse(request.role(), Role.UNKNOWN);
        AgentId parent = request.parent() instanceof ParentChoice.Of of ? of.parent() : null;
        if (parent != null) {
            requireUsable(writes, parent, role);
        }
        Agent agent = new Agent(
                freshId(writes),
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
        writes.insert(agent);
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

    private static Outcome renew(Writes writes, RegisterAgent request, Agent known, String now) {
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
        writes.update(agent);
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
        byte[] bytes = new byte[ID_BYTES];
        for (int attempt = 0; attempt < ID_ATTEMPTS; attempt++) {
            random.nextBytes(bytes);
            AgentId id = new AgentId("agt_" + HexFormat.of().formatHex(bytes));
            if (!writes.exists(id)) {
                return id;
            }
        }
        throw new RefusedException(
                ErrorCode.INTERNAL_ERROR, ID_ATTEMPTS + " new agent ids in a row were taken already; try again");
    }

    private AgentListing listing(Agent agent) {
        return store.find(agent.id()).orElseGet(() -> new AgentListing(agent, null, null, null, null));
    }

    private record Outcome(Agent agent, Kind kind, @Nullable RoleChange change) {}
}
