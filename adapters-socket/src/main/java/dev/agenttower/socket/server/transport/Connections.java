package dev.agenttower.socket.server.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections that wait for their client, by phase and in the order of their deadlines. Belongs to the thread that reads the sockets.
 */
final class Connections {
    private final Map<Connection.Phase, Waiting> phases = new EnumMap<>(Connection.Phase.class);

    Connections(ServerLimits limits) {
        phases.put(Connection.Phase.READING, new Waiting(limits.readDeadline()));
        phases.put(Connection.Phase.IDLE, new Waiting(limits.idleDeadline()));
        phases.put(Connection.Phase.WRITING, new Waiting(limits.writeDeadline()));
        phases.put(Connection.Phase.DRAINING, new Waiting(limits.drainDeadline()));
    }

    /** Puts a connection into a phase with a deadline; one that is in that phase keeps its deadline. */
    void await(Connection connection, Connection.Phase phase, long now) {
        Waiting waiting = waiting(phase);
        if (connection.phase() == phase && waiting.members.contains(connection)) {
            return;
        }
        leave(connection);
        connection.enter(phase, now + waiting.patience);
        waiting.members.add(connection);
    }

    /** Takes a connection out of its phase. */
    void leave(Connection connection) {
        Waiting waiting = phases.get(connection.phase());
        if (waiting != null) {
            waiting.members.remove(connection);
        }
    }

    /** The one that makes room: the oldest that has not sent a line yet, else the one that has been idle for longest. */
    @Nullable Connection mostDispensable() {
        for (Connection.Phase phase : List.of(Connection.Phase.READING, Connection.Phase.IDLE)) {
            Iterator<Connection> oldest = waiting(phase).members.iterator();
            if (oldest.hasNext()) {
                return oldest.next();
            }
        }
        return null;
    }

    /** The connections whose deadline has passed. */
    List<Connection> overdue(long now) {
        List<Connection> overdue = new ArrayList<>();
        for (Waiting waiting : phases.values()) {
            for (Connection connection : waiting.members) {
                if (connection.deadline() - now > 0) {
                    break;
                }
                overdue.add(connection);
            }
        }
        return overdue;
    }

    /** All connections that wait. */
    List<Connection> all() {
        List<Connection> found = new ArrayList<>();
        phases.values().forEach(waiting -> found.addAll(waiting.members));
        return found;
    }

    /** The connections in these phases. */
    List<Connection> in(Connection.Phase... wanted) {
        List<Connection> found = new ArrayList<>();
        for (Connection.Phase phase : wanted) {
            found.addAll(waiting(phase).members);
        }
        return found;
    }

    /** Nanoseconds until the next deadline, at least 0; {@link Long#MAX_VALUE} if there is none. */
    long untilNextDeadline(long now) {
        long next = Long.MAX_VALUE;
        for (Waiting waiting : phases.values()) {
            Iterator<Connection> first = waiting.members.iterator();
            if (first.hasNext()) {
                next = Math.min(next, Math.max(0, first.next().deadline() - now));
            }
        }
        return next;
    }

    private Waiting waiting(Connection.Phase phase) {
        Waiting waiting = phases.get(phase);
        if (waiting == null) {
            throw new IllegalArgumentException("nothing waits while " + phase);
        }
        return waiting;
    }

    /** One phase. All its members have the same patience, so the order of entry is the order of deadlines. */
    private static final class Waiting {
        private final long patience;
        private final Set<Connection> members = new LinkedHashSet<>();

        Waiting(Duration patience) {
            this.patience = patience.toNanos();
        }
    }
}
