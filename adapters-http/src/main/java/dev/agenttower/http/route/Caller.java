package dev.agenttower.http.route;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.role.LiveProcess;
import java.util.List;

/**
 * The process at the other end of a connection.
 *
 * @param peer what the kernel says of it
 * @param lineage it and the processes above it when it connected, nearest first; empty when they are not known
 */
public record Caller(Peer peer, List<LiveProcess> lineage) {
    /** Copies the lineage. */
    public Caller {
        lineage = List.copyOf(lineage);
    }
}
