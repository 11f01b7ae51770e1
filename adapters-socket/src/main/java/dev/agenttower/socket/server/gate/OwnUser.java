package dev.agenttower.socket.server.gate;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.socket.server.wire.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The gate before all others: whoever is surely another user is refused without being read. What the kernel does not tell counts for the
 * peer, because the mode of the socket keeps others out as well.
 */
public final class OwnUser {
    private final long ownUid;
    private final LifecycleLog lifecycle;

    /** A gate for the user of the daemon. */
    public OwnUser(long ownUid, LifecycleLog lifecycle) {
        this.ownUid = ownUid;
        this.lifecycle = lifecycle;
    }

    /** Checks a peer; null lets it speak. */
    public @Nullable Failure check(Peer peer) {
        if (peer.uid() == Peer.UNKNOWN || peer.uid() == ownUid) {
            return null;
        }
        lifecycle.report(LifecycleEvent.SOCKET_PEER_UID_MISMATCH, "observed_uid", peer.uid(), "expected_uid", ownUid);
        return Failure.of(ErrorCode.INTERNAL_ERROR, "request refused: peer credential check failed");
    }
}
