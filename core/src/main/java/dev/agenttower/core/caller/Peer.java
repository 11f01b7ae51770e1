package dev.agenttower.core.caller;

/**
 * The process at the other end of a connection, as the kernel names it.
 *
 * @param uid the effective user id when it connected, or {@link #UNKNOWN}
 * @param pid its process id when it connected, as seen by the daemon, or {@link #UNKNOWN}
 */
public record Peer(long uid, long pid) {
    /** The kernel did not tell. */
    public static final long UNKNOWN = -1;
}
