package dev.agenttower.socket.server.method;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import org.jspecify.annotations.Nullable;

/** The peer of one connection. Used by one thread at a time. */
public final class Caller {
    private final Peer peer;
    private final HostGate gate;
    private @Nullable Boolean onHost;

    /** A caller known only by its credentials. */
    public Caller(Peer peer, HostGate gate) {
        this.peer = peer;
        this.gate = gate;
    }

    /** Its credentials. */
    public Peer peer() {
        return peer;
    }

    /** Whether it certainly runs on the host; determined once for a connection. */
    public boolean isOnHost() {
        if (onHost == null) {
            onHost = gate.isOnHost(peer);
        }
        return onHost;
    }
}
