package dev.agenttower.core.container;

import java.util.Optional;

/**
 * The host's own tmux as a bench. An implementation must not start a tmux server. Thread-safe.
 */
public interface HostBench {
    /** The bench, whether or not a tmux server runs on it now. Its id and name never change on one machine. */
    InspectedContainer describe();

    /** Whether a tmux server of the daemon's user is running on the host. */
    boolean isTmuxRunning();

    /**
     * Counts the tmux server at a socket outside of the usual folder as one of this bench, for as long as the socket is there. A path that
     * leads to no socket of the daemon's user is left out, and so are sockets above a limit of the implementation.
     */
    void include(String socketPath);

    /** The bench's id: the SHA-256 of {@code host:} and the machine's id, in hex. */
    default ContainerId id() {
        return describe().id();
    }

    /** A host that is no bench; for embedding where the host's own tmux is of no interest. */
    static Optional<HostBench> none() {
        return Optional.empty();
    }
}
