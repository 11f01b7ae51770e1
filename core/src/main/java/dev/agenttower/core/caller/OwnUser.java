package dev.agenttower.core.caller;

import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;

/**
 * The first gate: a peer of another user is refused before a byte is read. A peer whose user the kernel does not report is admitted,
 * because the mode of the socket also excludes other users.
 */
public final class OwnUser {
    private final long ownUid;
    private final LifecycleLog lifecycle;

    /** A gate for the daemon's user. */
    public OwnUser(long ownUid, LifecycleLog lifecycle) {
        this.ownUid = ownUid;
        this.lifecycle = lifecycle;
    }

    /** Whether a peer is admitted. */
    public boolean admits(Peer peer) {
        if (peer.uid() == Peer.UNKNOWN || peer.uid() == ownUid) {
            return true;
        }
        lifecycle.report(LifecycleEvent.SOCKET_PEER_UID_MISMATCH, "observed_uid", peer.uid(), "expected_uid", ownUid);
        return false;
    }
}
