package dev.agenttower.core.caller;

/**
 * The process at the other end of a connection, as reported by the kernel.
 *
 * @param uid the effective user id when it connected, or {@link #UNKNOWN}
 * @param pid its process id when it connected, as seen by the daemon, or {@link #UNKNOWN}
 */
public record Peer(long uid, long pid) {
    /** The kernel did not report it. */
    public static final long UNKNOWN = -1;
}
