package dev.agenttower.unix.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What becomes of a connection after a request. */
public sealed interface Next {
    /** The next request is awaited. */
    Next KEEP_OPEN = new Simple("keep open");
    /** The connection is closed when the answer is sent. */
    Next CLOSE = new Simple("close");
    /** As {@link #CLOSE}, but a bounded rest of what the client is still sending is read and thrown away, so that it gets to read the answer. */
    Next DRAIN = new Simple("drain");

    /** One without details. */
    record Simple(String name) implements Next {}

    /**
     * Nothing is there to answer with yet. The connection waits without a thread, until something has come or the patience has ended; then a
     * worker goes on. With as many waiting as may, or once the server closes, a worker goes on at once.
     *
     * @param hasCome looks whether something has come, ten times a second
     * @param work answers in either case
     */
    record Wait(Duration patience, BooleanSupplier hasCome, Work work) implements Next {}

    /** A part of serving a request, on a worker. */
    @FunctionalInterface
    interface Work {
        /** As {@link Session#serve}. */
        Next run(Connection connection) throws IOException;
    }
}
