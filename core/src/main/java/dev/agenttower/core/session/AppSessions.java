package dev.agenttower.core.session;

import java.util.Optional;

/**
 * The sessions of control panels. An implementation must compare tokens in constant time, keep at most eight sessions and be thread-safe.
 */
public interface AppSessions {
    /** The most sessions at once. */
    int CAPACITY = 8;

    /**
     * Opens a session. When all places are taken, the least recently used session of the same non-empty {@code clientId} makes room if
     * it was unused for a second, or else the least recently used of all if it was unused for ten minutes.
     *
     * @return the session, or empty if all places are taken by sessions in use
     */
    Optional<AppSession> open(String clientId);

    /** The session with this token, which thereby counts as used now. */
    Optional<AppSession> find(String token);
}
