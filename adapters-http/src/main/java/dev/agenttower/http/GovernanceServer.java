package dev.agenttower.http;

import dev.agenttower.http.api.LongPolls;
import dev.agenttower.http.transport.HttpServer;
import java.io.IOException;

/**
 * The HTTP socket of governance. It is bound, started and closed once each. Thread-safe.
 *
 * <p>Between {@link #bind()} and {@link #start()} clients can connect and wait. After {@link #close()} the socket file is gone, requests in
 * flight have been answered or have had two seconds, and no thread of the server runs.
 */
public final class GovernanceServer implements AutoCloseable {
    private final HttpServer http;
    private final LongPolls polls;

    GovernanceServer(HttpServer http, LongPolls polls) {
        this.http = http;
        this.polls = polls;
    }

    /**
     * Makes the socket with mode 0600.
     *
     * @throws IOException if something lies at its path, or it cannot be made private
     */
    public void bind() throws IOException {
        http.bind();
    }

    /**
     * Begins to answer.
     *
     * @throws IOException if the socket cannot be listened to
     */
    public void start() throws IOException {
        http.start();
    }

    /** Removes the socket, answers what is in flight within a bounded time and ends. Closing again does nothing. */
    @Override
    public void close() {
        polls.close();
        http.close();
    }

    @Override
    public String toString() {
        return "the HTTP socket";
    }
}
