package dev.agenttower.core.governance.role;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions in memory. Thread-safe. */
public final class InMemoryGovernedSessions implements GovernedSessions {
    private final Map<String, GovernedSession> sessions = new LinkedHashMap<>();

    /** No sessions. */
    public InMemoryGovernedSessions() {}

    @Override
    public synchronized List<GovernedSession> list() {
        return List.copyOf(sessions.values());
    }

    @Override
    public synchronized void put(GovernedSession session) {
        sessions.remove(session.id());
        sessions.put(session.id(), session);
    }

    @Override
    public synchronized Optional<GovernedSession> remove(String id) {
        return Optional.ofNullable(sessions.remove(id));
    }
}
