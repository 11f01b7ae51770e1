package dev.agenttower.unix.connection;

import dev.agenttower.unix.connection.ConnectionState.Phase;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The connections that the selector watches for their clients, in the phases LISTENING, FLUSHING and PARTING, and the memory that they hold. Belongs to the thread of
 * the loop.
 */
final class WatchedConnections {
    private final Set<Connection> members = new LinkedHashSet<>();
    private long heldBytes;

    /** Adds a connection, or counts its memory anew. */
    void add(Connection connection) {
        remove(connection);
        members.add(connection);
        heldBytes += connection.count();
    }

    void remove(Connection connection) {
        if (members.remove(connection)) {
            heldBytes -= connection.held();
        }
    }

    /** The connection that makes room: one that is parting, else the one that has been silent for longest, new ones first. */
    Optional<Connection> mostDispensable() {
        return members.stream()
                .filter(one -> one.phase() != Phase.FLUSHING)
                .min(Comparator.comparing((Connection one) -> one.phase() != Phase.PARTING)
                        .thenComparing(one -> !one.isNew())
                        .thenComparing(one -> one.state().deadline()));
    }

    /** The connection that holds most, if all together hold more than {@code limit} bytes. */
    Optional<Connection> largestBeyond(long limit) {
        return heldBytes <= limit ? Optional.empty() : members.stream().max(Comparator.comparing(Connection::held));
    }
}
