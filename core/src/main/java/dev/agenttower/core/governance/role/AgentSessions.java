package dev.agenttower.core.governance.role;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.RecordTimestamps;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.core.text.Text;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Starts and ends the sessions of a project. Thread-safe.
 *
 * <p>A session with a root process binds that process and its descendants to its role. The process cannot be bound to another role while it
 * runs, neither by a second session nor after the first has ended, and agents outside of it cannot end its session.
 */
public final class AgentSessions {
    /** The maximum number of stored sessions; beyond it, those that bind no process are removed first. */
    public static final int MAX_SESSIONS = 1000;

    private final GovernedSessions sessions;
    private final RoleResolution roles;
    private final PolicySource policy;
    private final WorkingCopy copy;
    private final Ledger ledger;
    private final InstantSource clock;
    private final RunningProcesses processes;
    private final ReentrantLock turn = new ReentrantLock();

    /** The sessions of one project. */
    public AgentSessions(
            GovernedSessions sessions,
            RoleResolution roles,
            PolicySource policy,
            WorkingCopy copy,
            Ledger ledger,
            InstantSource clock,
            RunningProcesses processes) {
        this.sessions = sessions;
        this.roles = roles;
        this.policy = policy;
        this.copy = copy;
        this.ledger = ledger;
        this.clock = clock;
        this.processes = processes;
    }

    /**
     * Starts a session, replacing one with the same id.
     *
     * @return the id of its ledger event
     * @throws RefusedException FORBIDDEN with the reason {@code role_mismatch}, if the caller or the root belongs to a session of another role;
     *     CONFLICT, if a session with this id has a running process that is not the caller or an ancestor of it; FULL, if {@link #MAX_SESSIONS}
     *     sessions bind running processes
     */
    public String start(StartSession start) {
        turn.lock();
        try {
            requireRole(start.role(), start.lineage());
            requireRole(start.role(), start.lineageOfRoot());
            GovernedSession known = find(start.sessionId()).orElse(null);
            SessionMember root = root(start, known);
            makeRoom(start.sessionId());
            GovernedSession session = new GovernedSession(
                    start.sessionId(),
                    start.agent(),
                    policy.current().spelled(start.role()),
                    start.specId(),
                    RecordTimestamps.iso(clock.instant()),
                    start.sandbox(),
                    root,
                    null);
            keepWhatItLeft(known, session);
            sessions.put(session);
            String eventId = told(session, known);
            forgetEnded(session);
            return eventId;
        } finally {
            turn.unlock();
        }
    }

    /**
     * Ends a session. Its process keeps the role.
     *
     * @param session the session as described by the caller, used if it is unknown
     * @param force whether to end it despite uncommitted changes
     * @param isHuman whether the caller is a human, who may end any session
     * @throws RefusedException FORBIDDEN with the reason {@code not_own_session}, if the session has a running process that is not the caller or
     *     an ancestor of it, and the caller belongs to another session or is not human; FORBIDDEN with {@code git_status}, if there are
     *     uncommitted changes and {@code force} is not set; FORBIDDEN with the reason {@code git_unknown}, if the check for them was incomplete
     *     and {@code force} is not set
     */
    public EndedSession end(StartSession session, boolean force, boolean isHuman) {
        refuseForeign(session, isHuman);
        WorkingCopy.Status status = force ? WorkingCopy.Status.CLEAN : copy.status();
        if (!status.uncommitted().isBlank()) {
            throw new RefusedException(
                    ErrorCode.FORBIDDEN,
                    "Uncommitted changes detected. Session cannot be closed without a commit.",
                    Map.of("git_status", status.uncommitted()));
        }
        if (status.isInDoubt()) {
            throw new RefusedException(
                    ErrorCode.FORBIDDEN,
                    "Git could not tell whether there are uncommitted changes. Session cannot be closed without force.",
                    Map.of("reason", "git_unknown", "git_unknown", Text.abbreviated(status.unknown(), Limits.TEXT)));
        }
        String commit = copy.commit();
        String hash = commit == null ? "unknown" : commit;
        turn.lock();
        try {
            GovernedSession ended = find(session.sessionId()).orElseGet(() -> unknown(session));
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("commit_hash", hash);
            if (!status.unknown().isBlank()) {
                data.put("git_unknown", Text.abbreviated(status.unknown(), Limits.TEXT));
            }
            String eventId = ledger.append(event(ended, "session_end", "ended").withData(data))
                    .id();
            if (mayBind(processes.inhabited()).test(ended)) {
                sessions.put(ended.ended(RecordTimestamps.iso(clock.instant())));
            } else {
                sessions.remove(ended.id());
            }
            return new EndedSession(eventId, hash, status.unknown());
        } finally {
            turn.unlock();
        }
    }

    /** The sessions that have not ended. */
    public List<GovernedSession> list() {
        return sessions.list().stream().filter(session -> !session.hasEnded()).toList();
    }

    private void requireRole(String role, List<LiveProcess> lineage) {
        Optional<GovernedSession> other = RoleResolution.withOtherRole(roles.boundTo(lineage), role);
        if (other.isPresent()) {
            throw roles.mismatch(other.get(), role);
        }
    }

    /** Records the start on the ledger; if that fails, the session is rolled back. */
    private String told(GovernedSession session, @Nullable GovernedSession known) {
        boolean isTold = false;
        try {
            String eventId = ledger.append(
                            event(session, "session_start", "started").withData(Map.of("sandbox", session.sandbox())))
                    .id();
            isTold = true;
            return eventId;
        } finally {
            if (!isTold) {
                sessions.remove(session.id());
                if (known != null) {
                    sessions.put(known);
                }
            }
        }
    }

    /**
     * The process that the session will bind. A session with a running process keeps it; otherwise naming a child would release the other
     * descendants.
     */
    private @Nullable SessionMember root(StartSession start, @Nullable GovernedSession known) {
        if (known == null || !binds(known)) {
            return start.root();
        }
        if (!known.isOf(start.lineage())) {
            throw new RefusedException(
                    ErrorCode.CONFLICT,
                    "Session " + start.sessionId() + " belongs to another process, which is running; take another id");
        }
        return known.root();
    }

    /** Keeps the binding of processes that an ended process left running, when its session continues with another process. */
    private void keepWhatItLeft(@Nullable GovernedSession known, GovernedSession fresh) {
        if (known != null
                && known.root() != null
                && !known.hasProcessOf(fresh)
                && mayBind(processes.inhabited()).test(known)) {
            sessions.put(known.leftBehind(RecordTimestamps.iso(clock.instant())));
        }
    }

    private void refuseForeign(StartSession session, boolean isHuman) {
        List<GovernedSession> bound = roles.boundTo(session.lineage());
        GovernedSession known = find(session.sessionId()).filter(this::binds).orElse(null);
        boolean mayEndOthers = bound.isEmpty() && isHuman;
        if (known == null || mayEndOthers || bound.contains(known) || known.isOf(session.lineage())) {
            return;
        }
        boolean hasNone = bound.isEmpty();
        GovernedSession own = hasNone ? unknown(session) : bound.get(0);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("session_id", hasNone ? null : own.id());
        data.put("other_session_id", known.id());
        EventDraft denial = EventDraft.of(
                        "denial_session_end",
                        own.agent(),
                        own.role(),
                        "denied_session_end",
                        3,
                        "DENIED: " + (hasNone ? "A process without a session" : "Session " + own.id())
                                + " is not session " + known.id() + " and cannot end it.")
                .withSpec(own.specId())
                .denied()
                .withData(data);
        ledger.append(hasNone ? denial : denial.with("session_id", own.id()));
        throw new RefusedException(
                ErrorCode.FORBIDDEN,
                (hasNone ? "a process without a session" : "session " + own.id()) + " cannot end session " + known.id(),
                Map.of("reason", "not_own_session"));
    }

    /** An unknown session, as described by the caller. */
    private static GovernedSession unknown(StartSession said) {
        return new GovernedSession(said.sessionId(), said.agent(), said.role(), said.specId(), "", false, null, null);
    }

    /** Removes ended sessions that bind no process any more or whose process the new session binds. */
    private void forgetEnded(GovernedSession fresh) {
        List<GovernedSession> ended = sessions.list().stream()
                .filter(session -> session.hasEnded() && !session.id().equals(fresh.id()))
                .toList();
        if (ended.isEmpty()) {
            return;
        }
        Predicate<GovernedSession> mayBind = mayBind(processes.inhabited());
        ended.stream()
                .filter(session -> !mayBind.test(session) || session.hasProcessOf(fresh))
                .forEach(session -> sessions.remove(session.id()));
    }

    private void makeRoom(String id) {
        List<GovernedSession> others = sessions.list().stream()
                .filter(session -> !session.id().equals(id))
                .toList();
        if (others.size() < MAX_SESSIONS) {
            return;
        }
        Predicate<GovernedSession> mayBind = mayBind(processes.inhabited());
        GovernedSession unbound = others.stream()
                .filter(session -> !mayBind.test(session))
                .findFirst()
                .or(() -> others.stream().filter(session -> !binds(session)).findFirst())
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.FULL, MAX_SESSIONS + " sessions have processes that are running; end some of those"));
        sessions.remove(unbound.id());
    }

    private boolean binds(GovernedSession session) {
        return session.root() != null && processes.isRunning(session.root().mark());
    }

    /** Whether a session binds its process, or may bind processes that it left in its kernel session. */
    private Predicate<GovernedSession> mayBind(Predicate<KernelSession> inhabited) {
        return session -> {
            SessionMember root = session.root();
            return binds(session) || (root != null && root.session().id() != 0 && inhabited.test(root.session()));
        };
    }

    private Optional<GovernedSession> find(String id) {
        return sessions.list().stream()
                .filter(session -> session.id().equals(id))
                .findFirst();
    }

    private static EventDraft event(GovernedSession session, String type, String verb) {
        return EventDraft.of(
                        type,
                        session.agent(),
                        session.role(),
                        type,
                        3,
                        "Session " + session.id() + " " + verb + " by " + session.agent() + " as " + session.role()
                                + ".")
                .withSpec(session.specId())
                .with("session_id", session.id());
    }
}
