package dev.agenttower.core.container;

import java.util.Optional;

/** The host's own tmux, treated as a bench container. An implementation must not start a tmux server. Thread-safe. */
public interface HostBench {
    /** The bench, whether or not a tmux server runs on it now. Its id and name never change on one machine. */
    InspectedContainer describe();

    /** Whether a tmux server of the daemon's user is running on the host. */
    boolean isTmuxRunning();

    /**
     * Includes the tmux server at a socket outside of the usual folder in this bench, as long as the socket exists. A path that is not a socket
     * of the daemon's user is ignored, and so are sockets beyond a limit of the implementation.
     */
    void include(String socketPath);

    /** The bench's id: the SHA-256 of {@code host:} and the machine's id, in hex. */
    default ContainerId id() {
        return describe().id();
    }

    /** A host that is not a bench, for embedding without the host's own tmux. */
    static Optional<HostBench> none() {
        return Optional.empty();
    }
}
