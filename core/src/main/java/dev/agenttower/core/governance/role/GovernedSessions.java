package dev.agenttower.core.governance.role;

import java.util.List;
import java.util.Optional;

/**
 * The sessions of a project by id: running ones, and ended ones whose processes still run. Thread-safe.
 *
 * <p>A persistent implementation must have a change on disk when it returns, and must not lose concurrent changes, including those of other
 * processes. Failures are {@link SessionStoreException}s.
 */
public interface GovernedSessions {
    /** The sessions in the order of their start. */
    List<GovernedSession> list();

    /** Adds a session, replacing one with the same id. */
    void put(GovernedSession session);

    /** Removes a session and returns it; empty if there is none. */
    Optional<GovernedSession> remove(String id);
}
