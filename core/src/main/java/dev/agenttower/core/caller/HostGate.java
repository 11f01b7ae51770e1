package dev.agenttower.core.caller;

/**
 * Determines whether a process runs on the host itself rather than in a container. An implementation must return false if this is uncertain: the
 * process is gone, its pid is unknown or not positive, or an indicator cannot be read. Thread-safe; takes well under a millisecond.
 */
public interface HostGate {
    /** Whether the peer runs on the host for certain. */
    boolean isOnHost(Peer peer);
}
