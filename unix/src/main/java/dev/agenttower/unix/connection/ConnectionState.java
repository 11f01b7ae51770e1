package dev.agenttower.unix.connection;

import static java.util.Objects.requireNonNull;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The phase of a connection and its deadline. The thread that owns the connection enters phases; other threads may end the connection or
 * make its worker yield. Thread-safe.
 */
final class ConnectionState {
    /** The phase of a connection, which determines its owning thread. */
    enum Phase {
        /** No complete request yet. Owned by the listener. */
        LISTENING,
        /** A request waits for a worker. */
        QUEUED,
        /** A worker prepares the answer. */
        WORKING,
        /** A worker waits for the rest of the request. */
        READING,
        /** As READING, but the worker must stop reading. */
        YIELDING,
        /** A worker waits for the client to read a part of the answer. */
        WRITING,
        /** The client reads the rest of the answer slowly. Owned by the listener. */
        FLUSHING,
        /** The session waits for an event. Owned by the listener. */
        WAITING,
        /** The rest of the client's data is discarded. Owned by the listener. */
        PARTING,
        ENDED
    }

    /** Replaced as a whole, so that no thread combines the deadline of one phase with another phase. */
    private record Moment(Phase phase, long since, long deadline) {}

    private static final Set<Phase> ANY = EnumSet.allOf(Phase.class);

    private final LongSupplier ticker;
    private final AtomicReference<Moment> moment;

    /** A connection that listens for its first request. */
    ConnectionState(Duration patience, LongSupplier ticker) {
        this.ticker = ticker;
        long now = ticker.getAsLong();
        this.moment = new AtomicReference<>(new Moment(Phase.LISTENING, now, now + patience.toNanos()));
    }

    private Moment moment() {
        return requireNonNull(moment.get(), "moment");
    }

    Phase phase() {
        return moment().phase;
    }

    long deadline() {
        return moment().deadline;
    }

    boolean isOverdue(long now) {
        return now - moment().deadline > 0;
    }

    /** The time in the current phase, by the ticker of the deadlines. */
    long sinceNanos(long now) {
        return now - moment().since;
    }

    /**
     * Enters a phase, or extends the deadline of the current one. For the owning thread.
     *
     * @throws ClosedChannelException if the connection was ended
     */
    void enter(Phase phase, Duration patience) throws ClosedChannelException {
        Moment now = moment();
        while (now.phase != Phase.ENDED) {
            long time = ticker.getAsLong();
            long since = now.phase == phase ? now.since : time;
            if (moment.compareAndSet(now, new Moment(phase, since, time + patience.toNanos()))) {
                return;
            }
            now = moment();
        }
        throw new ClosedChannelException();
    }

    /** Changes the phase and keeps the deadline; false if the connection is no longer in {@code from}. */
    boolean move(Phase from, Phase to) {
        Moment now = moment();
        return now.phase == from && moment.compareAndSet(now, new Moment(to, now.since, now.deadline));
    }

    /** Ends a connection in any phase; false if it has ended already. */
    boolean end() {
        return end(ANY);
    }

    /** Ends a connection that is in one of these phases; false if it is not, or has ended already. */
    boolean end(Set<Phase> phases) {
        Moment now = moment();
        while (now.phase != Phase.ENDED && phases.contains(now.phase)) {
            if (moment.compareAndSet(now, new Moment(Phase.ENDED, 0, 0))) {
                return true;
            }
            now = moment();
        }
        return false;
    }
}
