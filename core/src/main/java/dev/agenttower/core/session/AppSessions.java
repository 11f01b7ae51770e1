package dev.agenttower.core.session;

import dev.agenttower.core.caller.Peer;
import java.util.Optional;

/**
 * The sessions of control panels. An implementation must compare tokens in constant time, keep at most eight sessions and be thread-safe.
 */
public interface AppSessions {
    /** The most sessions at once. */
    int CAPACITY = 8;

    /**
     * Opens a session. When all places are taken, the least recently used session whose process has ended makes room; or else the least
     * recently used of the same client if it was unused for a second, or else the least recently used of all if it was unused for ten
     * minutes. Without a client id, sessions of one process are of the same client. A process that cannot be identified counts as running;
     * its sessions without a client id are of different clients.
     *
     * @param clientId names the client; empty when it has no name
     * @param peer the process that asks, whose session it is
     * @return the session, or empty if all places are taken by sessions in use
     */
    Optional<AppSession> open(String clientId, Peer peer);

    /** The session with this token, which thereby counts as used now. */
    Optional<AppSession> find(String token);
}
