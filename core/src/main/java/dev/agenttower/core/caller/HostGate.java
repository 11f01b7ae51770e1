package dev.agenttower.core.caller;

/**
 * Tells whether a process runs on the host itself rather than in a container. An implementation must answer false whenever it
 * cannot be sure: the process is gone, its pid is unknown or not positive, or a sign cannot be read. Thread-safe; takes well under a
 * millisecond.
 */
public interface HostGate {
    /** Whether the peer surely runs on the host. */
    boolean isOnHost(Peer peer);
}
