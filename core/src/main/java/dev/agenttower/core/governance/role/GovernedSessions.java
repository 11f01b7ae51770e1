package dev.agenttower.core.governance.role;

import java.util.List;
import java.util.Optional;

/**
 * The sessions of a project, by their ids: those that are running, and those that have ended while their processes have not. Thread-safe.
 *
 * <p>An implementation must have a change on disk when it returns, where there is a disk, and must not lose one that is made at the same time,
 * by another process too. What fails, fails with {@link SessionStoreException}.
 */
public interface GovernedSessions {
    /** The sessions, in the order in which they were started. */
    List<GovernedSession> list();

    /** Adds a session, in the place of one with the same id. */
    void put(GovernedSession session);

    /** Removes a session, and tells which it was. */
    Optional<GovernedSession> remove(String id);
}
