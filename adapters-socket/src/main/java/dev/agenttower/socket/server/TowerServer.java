package dev.agenttower.socket.server;

import dev.agenttower.socket.server.status.ShutdownRequest;
import dev.agenttower.unix.connection.ConnectionServer;
import java.io.IOException;

/**
 * The socket of a tower: older methods and the contract for control panels. It is bound, started and closed once each. Thread-safe.
 *
 * <p>Between {@link #bind()} and {@link #start()} clients can connect and wait. After {@link #close()} the socket file is gone, requests in
 * flight have been answered or have had two seconds, and no thread of the server runs.
 */
public final class TowerServer implements AutoCloseable {
    private final ConnectionServer connections;
    private final ShutdownRequest shutdown;

    TowerServer(ConnectionServer connections, ShutdownRequest shutdown) {
        this.connections = connections;
        this.shutdown = shutdown;
    }

    /**
     * Makes the socket with mode 0600.
     *
     * @throws IOException if something lies at its path, or it cannot be made private
     */
    public void bind() throws IOException {
        connections.bind();
    }

    /** Begins to answer. */
    public void start() throws IOException {
        connections.start();
    }

    /** Lets control panels know that the daemon is about to stop, when the wish did not come through the socket. */
    public void announceShutdown() {
        shutdown.announce();
    }

    /** Removes the socket, answers what is in flight within a bounded time and ends. Closing again does nothing. */
    @Override
    public void close() {
        shutdown.announce();
        connections.close();
    }
}
