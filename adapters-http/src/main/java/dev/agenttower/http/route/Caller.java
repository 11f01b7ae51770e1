package dev.agenttower.http.route;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.role.LiveProcess;
import java.util.List;

/**
 * The process at the other end of a connection.
 *
 * @param peer its credentials from the kernel
 * @param lineage it and its ancestors at the time of the connection, nearest first; empty if unknown
 */
public record Caller(Peer peer, List<LiveProcess> lineage) {
    /** Copies the lineage. */
    public Caller {
        lineage = List.copyOf(lineage);
    }
}
