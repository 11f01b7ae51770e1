package dev.agenttower.unix.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The next step of a connection after a request. */
public sealed interface Next {
    /** Waits for the next request. */
    Next KEEP_OPEN = new Simple("keep open");
    /** Closes the connection when the answer is sent. */
    Next CLOSE = new Simple("close");
    /** As {@link #CLOSE}, but discards a bounded rest of the client's data, so that the client can read the answer. */
    Next DRAIN = new Simple("drain");

    /** A step without details. */
    record Simple(String name) implements Next {}

    /**
     * Delays the answer. The connection waits without a thread, until an event has occurred or the patience has ended; then a worker runs
     * {@code work}. If too many connections wait, or the server closes, the worker runs at once.
     *
     * @param hasCome checks whether the event has occurred, ten times a second
     * @param work creates the answer in either case
     */
    record Wait(Duration patience, BooleanSupplier hasCome, Work work) implements Next {}

    /** A step of serving a request, on a worker. */
    @FunctionalInterface
    interface Work {
        /** Like {@link Session#serve}. */
        Next run(Connection connection) throws IOException;
    }
}
