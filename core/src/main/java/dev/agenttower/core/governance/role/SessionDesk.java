package dev.agenttower.core.governance.role;

import dev.agenttower.core.governance.GovernanceException;
import dev.agenttower.core.governance.Refusal;
import dev.agenttower.core.governance.Stamps;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.policy.PolicySource;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts and ends the sessions of a project. Thread-safe. */
public final class SessionDesk {
    private final GovernedSessions sessions;
    private final RoleResolution roles;
    private final PolicySource policy;
    private final WorkingCopy copy;
    private final Ledger ledger;
    private final InstantSource clock;

    /** The desk of one project. */
    public SessionDesk(
            GovernedSessions sessions,
            RoleResolution roles,
            PolicySource policy,
            WorkingCopy copy,
            Ledger ledger,
            InstantSource clock) {
        this.sessions = sessions;
        this.roles = roles;
        this.policy = policy;
        this.copy = copy;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Starts a session, in the place of one with the same id.
     *
     * @return the id of the event that tells of it
     * @throws GovernanceException FORBIDDEN with the reason {@code role_mismatch}, if the caller belongs to a session of another role
     */
    public String start(StartSession start) {
        Optional<GovernedSession> own = roles.boundTo(start.lineage());
        if (own.isPresent() && !own.get().role().equalsIgnoreCase(start.role())) {
            throw roles.mismatch(own.get(), start.role());
        }
        GovernedSession session = new GovernedSession(
                start.sessionId(),
                start.agent(),
                policy.current().spelled(start.role()),
                start.specId(),
                Stamps.iso(clock.instant()),
                start.sandbox(),
                start.root());
        String eventId = ledger.append(
                        event(session, "session_start", "started").withData(Map.of("sandbox", session.sandbox())))
                .id();
        sessions.put(session);
        return eventId;
    }

    /**
     * Ends a session.
     *
     * @param session what the caller says of it, for one that is not known
     * @param force whether to end it although something is not committed
     * @throws GovernanceException FORBIDDEN with {@code git_status}, if something is not committed and {@code force} is not set
     */
    public EndedSession end(StartSession session, boolean force) {
        String uncommitted = force ? "" : copy.uncommitted();
        if (!uncommitted.isBlank()) {
            throw new GovernanceException(
                    Refusal.FORBIDDEN,
                    "Uncommitted changes detected. Session cannot be closed without a commit.",
                    Map.of("git_status", uncommitted));
        }
        String commit = copy.commit();
        String hash = commit == null ? "unknown" : commit;
        GovernedSession ended = sessions.remove(session.sessionId())
                .orElseGet(() -> new GovernedSession(
                        session.sessionId(), session.agent(), session.role(), session.specId(), "", false, null));
        String eventId = ledger.append(event(ended, "session_end", "ended").withData(Map.of("commit_hash", hash)))
                .id();
        return new EndedSession(eventId, hash);
    }

    /** The sessions that are running. */
    public List<GovernedSession> list() {
        return sessions.list();
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
