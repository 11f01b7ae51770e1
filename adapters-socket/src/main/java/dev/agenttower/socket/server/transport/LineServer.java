package dev.agenttower.socket.server.transport;

import dev.agenttower.unix.BindGuard;
import dev.agenttower.unix.SocketFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server for one request per line on a Unix socket: {@link #bind()}, {@link #start()}, {@link #close()}, each once. It owns the thread
 * {@code socket-io} and the workers. Thread-safe.
 */
public final class LineServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineServer.class);
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final SocketFile file;
    private final Protocol protocol;
    private final ServerLimits limits;
    private final LongSupplier ticker;
    private final Consumer<Throwable> onFatal;
    private final Lanes lanes;
    private @Nullable Listener listener;
    private @Nullable Reactor reactor;
    private @Nullable Thread thread;
    private boolean closed;

    /**
     * Builds a server that does nothing yet.
     *
     * @param ownUid the user that must own the socket
     * @param ticker nanoseconds from any origin, as {@link System#nanoTime()}
     * @param onFatal is told of a failure that ended the thread that reads the sockets; must return at once
     */
    public LineServer(
            Path socket,
            Protocol protocol,
            ServerLimits limits,
            long ownUid,
            BindGuard guard,
            LongSupplier ticker,
            Consumer<Throwable> onFatal) {
        this.file = new SocketFile(socket, ownUid, guard);
        this.protocol = protocol;
        this.limits = limits;
        this.ticker = ticker;
        this.onFatal = onFatal;
        this.lanes = new Lanes(limits);
    }

    /**
     * Makes the socket. Clients may connect from now on, but are not served before {@link #start()}.
     *
     * @throws IOException if something lies at the path, the directory is missing or closed to this user, or the result is not private
     */
    public synchronized void bind() throws IOException {
        if (listener != null || closed) {
            throw new IllegalStateException("bound already");
        }
        listener = Listener.on(file, limits.backlog());
    }

    /** Begins to serve. */
    public synchronized void start() throws IOException {
        if (listener == null || reactor != null || closed) {
            throw new IllegalStateException("not bound, or started already");
        }
        Reactor next = new Reactor(listener, protocol, lanes, limits, ticker, onFatal);
        Thread io = new Thread(next, "socket-io");
        reactor = next;
        thread = io;
        io.start();
    }

    /**
     * Removes the socket, stops accepting, closes what waits, gives requests in flight a bounded time and ends all threads. Closing again does
     * nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // First, so that whoever cannot connect any more finds no socket either.
        removeSocket();
        try {
            stopReactor();
            if (!lanes.close(MARGIN)) {
                LOG.warn("requests in flight did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeSocket() {
        try {
            file.remove();
        } catch (IOException e) {
            LOG.warn("cannot remove the socket: {}", e.toString());
        }
    }

    private void stopReactor() throws InterruptedException {
        if (reactor != null && thread != null) {
            reactor.requestStop();
            thread.join(limits.closeGrace().plus(MARGIN).toMillis());
        } else if (listener != null) {
            try {
                listener.close();
            } catch (IOException e) {
                LOG.debug("closing the listener: {}", e.toString());
            }
        }
    }
}
