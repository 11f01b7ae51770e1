package dev.agenttower.socket.server;

import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.event.EventFollowing;
import dev.agenttower.socket.server.status.ShutdownRequest;
import dev.agenttower.unix.connection.ConnectionServer;
import java.io.IOException;

/**
 * The server of the daemon's socket: the older methods and the contract for control panels. It is bound, started and closed once each.
 * Thread-safe.
 *
 * <p>Between {@link #bind()} and {@link #start()} clients can connect and wait. After {@link #close()} the socket file is deleted, requests
 * in progress have been answered or have had two seconds, and no thread of the server runs.
 */
public final class TowerServer implements AutoCloseable {
    private final ConnectionServer connections;
    private final ShutdownRequest shutdown;
    private final Subscription news;

    /**
     * A server of these connections.
     *
     * @param following tells of stored events, for which clients wait
     */
    TowerServer(ConnectionServer connections, ShutdownRequest shutdown, EventFollowing following) {
        this.connections = connections;
        this.shutdown = shutdown;
        this.news = following.onStored(connections::wake);
    }

    /**
     * Creates the socket with mode 0600.
     *
     * @throws IOException if its path already exists, or the socket cannot be made private
     */
    public void bind() throws IOException {
        connections.bind();
    }

    /** Starts to answer. */
    public void start() throws IOException {
        connections.start();
    }

    /** Announces to control panels that the daemon is about to stop, when the request did not come through the socket. */
    public void announceShutdown() {
        shutdown.announce();
    }

    /** Removes the socket, completes requests in progress within a bounded time and ends. Idempotent. */
    @Override
    public void close() {
        shutdown.announce();
        news.close();
        connections.close();
    }
}
