package dev.agenttower.core.session;

import dev.agenttower.core.caller.Peer;
import java.util.Optional;

/**
 * The sessions of control panels. An implementation must compare tokens in constant time, keep at most eight sessions and be thread-safe.
 */
public interface AppSessions {
    /** The maximum number of sessions. */
    int CAPACITY = 8;

    /**
     * Opens a session. If the table is full, one session is dropped: the least recently used one whose process has ended; else the least
     * recently used one of the same client, if unused for a second; else the least recently used one of all, if unused for ten minutes. Without
     * a client id, sessions of one process belong to the same client. A process that cannot be identified counts as running; its sessions
     * without a client id belong to different clients.
     *
     * @param clientId names the client; empty when it has no name
     * @param peer the calling process, which owns the session
     * @return the session, or empty if all sessions are in use
     */
    Optional<AppSession> open(String clientId, Peer peer);

    /** The session with this token; marks it as used now. */
    Optional<AppSession> find(String token);
}
