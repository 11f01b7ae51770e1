package dev.agenttower.core.governance.role;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.ReservedEvents;
import dev.agenttower.core.governance.policy.Policy;
import dev.agenttower.core.governance.policy.PolicySource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Resolves the role of a caller: the role of the session its process belongs to, else the role from its environment, else the active role of the
 * project, else the default role. Thread-safe.
 *
 * <p>A process that lost its parents may belong to any session whose earlier root process was in the same kernel session. If these sessions have
 * different roles, the process has no role, since it must not choose one.
 */
public final class RoleResolution {
    private final GovernedSessions sessions;
    private final ActiveRole active;
    private final PolicySource policy;
    private final Ledger ledger;

    /** Resolution within one project. */
    public RoleResolution(GovernedSessions sessions, ActiveRole active, PolicySource policy, Ledger ledger) {
        this.sessions = sessions;
        this.active = active;
        this.policy = policy;
        this.ledger = ledger;
    }

    /**
     * The identity of a caller.
     *
     * @throws RefusedException FORBIDDEN with the reason {@code role_mismatch}, if it claims a role other than that of its session, which is
     *     recorded on the ledger; FORBIDDEN, if its agent's name is reserved
     */
    public Identity resolve(RoleClaim claim) {
        String agent = Limits.name("agent", ReservedEvents.checked(claim.agent()));
        Policy now = policy.current();
        String claimed = claim.claimedRole() == null
                ? ""
                : Limits.name("role", claim.claimedRole().strip());
        List<GovernedSession> bound = boundTo(claim.lineage());
        if (!bound.isEmpty()) {
            return bound(agent, bound, claimed, claim.lineage(), now);
        }
        if (!claimed.isEmpty()) {
            return found(agent, now.spelled(claimed), RoleSource.ENVIRONMENT, "the environment of the caller says so");
        }
        Optional<String> activeRole = active.role();
        if (activeRole.isPresent()) {
            return found(
                    agent,
                    now.spelled(activeRole.get()),
                    RoleSource.ACTIVE_ROLE_FILE,
                    "it is the active role of the project");
        }
        String byDefault = now.settings().defaultRole();
        if (byDefault != null && now.problemOf("config/dttp.json") == null) {
            return found(
                    agent, now.spelled(byDefault), RoleSource.DEFAULT_ROLE, "it is the default role of the project");
        }
        return new Identity(agent, null, RoleSource.NONE, null, "no role: nothing names one, and there is no default");
    }

    /**
     * The sessions that a process belongs to or may belong to. If an ancestor is the root of a session: the session of the nearest one,
     * preferring a session that has not ended. Otherwise, all sessions from which the process may have been detached, running ones first.
     */
    List<GovernedSession> boundTo(List<LiveProcess> lineage) {
        if (lineage.isEmpty()) {
            return List.of();
        }
        Map<ProcessMark, GovernedSession> byRoot = new LinkedHashMap<>();
        for (GovernedSession session : sessions.list()) {
            if (session.root() != null) {
                byRoot.merge(session.root().mark(), session, (one, other) -> other.hasEnded() ? one : other);
            }
        }
        for (LiveProcess process : lineage) {
            GovernedSession nearest = byRoot.get(process.mark());
            if (nearest != null) {
                return List.of(nearest);
            }
        }
        return byRoot.values().stream()
                .filter(session -> session.mayHaveLost(lineage))
                .sorted(Comparator.comparing(GovernedSession::hasEnded))
                .toList();
    }

    /** The first session with another role. */
    static Optional<GovernedSession> withOtherRole(List<GovernedSession> sessions, String role) {
        return sessions.stream()
                .filter(session -> !session.role().equalsIgnoreCase(role))
                .findFirst();
    }

    /** Records on the ledger that a caller claims another role, and returns the refusal. */
    RefusedException mismatch(GovernedSession session, String claimed) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("session_id", session.id());
        data.put("bound_role", session.role());
        data.put("claimed_role", claimed);
        ledger.append(EventDraft.of(
                        "role_misma",
                        session.agent(),
                        session.role(),
                        "role_mismatch",
                        3,
                        "DENIED: Session " + session.id() + " is bound to role " + session.role() + " but claims "
                                + claimed + ".")
                .withSpec(session.specId())
                .denied()
                .with("session_id", session.id())
                .withData(data));
        Map<String, Object> details = new LinkedHashMap<>(data);
        details.put("reason", "role_mismatch");
        return new RefusedException(
                ErrorCode.FORBIDDEN,
                "session " + session.id() + " is bound to role " + session.role() + ", not " + claimed,
                details);
    }

    private Identity bound(
            String agent, List<GovernedSession> bound, String claimed, List<LiveProcess> lineage, Policy now) {
        GovernedSession session = bound.get(0);
        Optional<GovernedSession> other = withOtherRole(bound, claimed.isEmpty() ? session.role() : claimed);
        if (other.isPresent() && claimed.isEmpty()) {
            return new Identity(
                    agent,
                    null,
                    RoleSource.NONE,
                    null,
                    "no role: its process was cut off from one of several sessions with different roles");
        }
        if (other.isPresent()) {
            throw mismatch(other.get(), claimed);
        }
        return new Identity(
                session.agent(),
                now.spelled(session.role()),
                RoleSource.BOUND_SESSION,
                session.hasEnded() ? null : session,
                "role " + session.role() + ": "
                        + (session.hasEnded()
                                ? "its process is still the one of session " + session.id() + ", which has ended"
                                : "its process belongs to session " + session.id())
                        + rule(session, lineage));
    }

    /** How a process was found to belong to a session: an addition to a sentence. */
    private static String rule(GovernedSession session, List<LiveProcess> lineage) {
        if (session.root() == null) {
            return "";
        }
        long root = session.root().mark().pid();
        boolean isRoot = lineage.get(0).mark().equals(session.root().mark());
        return isRoot
                ? ", which is bound to it"
                : session.isOf(lineage)
                        ? ", which is bound to process " + root + " above it"
                        : ", which is bound to process " + root + ", in whose kernel session it lost its parents";
    }

    private static Identity found(String agent, String role, RoleSource source, String why) {
        return new Identity(agent, role, source, null, "role " + role + ": " + why);
    }
}
