package dev.agenttower.socket.server.method;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The peer of one connection. Used by one thread at a time. */
public final class Caller {
    private final Peer peer;
    private final HostGate gate;
    private final Predicate<Peer> startedByAgent;
    private final Predicate<ContainerId> isHostBench;
    private @Nullable Boolean onHost;
    private @Nullable Boolean person;

    /**
     * A caller known only by its credentials.
     *
     * @param startedByAgent whether an agent on the host started a process, for certain
     * @param isHostBench whether a bench is the host's own tmux
     */
    public Caller(Peer peer, HostGate gate, Predicate<Peer> startedByAgent, Predicate<ContainerId> isHostBench) {
        this.peer = peer;
        this.gate = gate;
        this.isHostBench = isHostBench;
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

    /**
     * Refuses a bench whose panes it may not name as its own, record or describe: from the host these are none, in a container all others. Where
     * the kernel does not tell the container, only the host's own panes are refused.
     *
     * @throws RefusedException {@code BAD_REQUEST}
     */
    public void requireReach(ContainerId bench) {
        if (isOnHost()) {
            return;
        }
        boolean isRefused =
                gate.containerOf(peer).map(own -> !own.equals(bench)).orElseGet(() -> isHostBench.test(bench));
        if (isRefused) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "the pane is not one of the container that the caller runs in");
        }
    }
}
