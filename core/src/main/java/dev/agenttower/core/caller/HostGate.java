package dev.agenttower.core.caller;

import dev.agenttower.core.container.ContainerId;
import java.util.Optional;

/**
 * Determines whether a process runs on the host itself rather than in a container. An implementation must return false if this is uncertain: the
 * process is gone, its pid is unknown or not positive, or an indicator cannot be read. Thread-safe; takes well under a millisecond.
 */
public interface HostGate {
    /** Whether the peer runs on the host for certain. */
    boolean isOnHost(Peer peer);

    /** The container that a peer certainly runs in; empty on the host, and where the kernel does not tell. */
    default Optional<ContainerId> containerOf(Peer peer) {
        return Optional.empty();
    }
}
