package dev.agenttower.socket.server.method;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The peer of one connection. Used by one thread at a time. */
public final class Caller {
    private final Peer peer;
    private final HostGate gate;
    private final Predicate<Peer> startedByAgent;
    private @Nullable Boolean onHost;
    private @Nullable Boolean person;

    /**
     * A caller known only by its credentials.
     *
     * @param startedByAgent whether an agent on the host started a process, for certain
     */
    public Caller(Peer peer, HostGate gate, Predicate<Peer> startedByAgent) {
        this.peer = peer;
        this.gate = gate;
        this.startedByAgent = startedByAgent;
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

    /** Whether it may act as the person on the host: it runs there, and no agent started it; determined once for a connection. */
    public boolean isPerson() {
        if (person == null) {
            person = isOnHost() && !startedByAgent.test(peer);
        }
        return person;
    }
}
