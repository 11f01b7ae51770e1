package dev.agenttower.unix.connection;

import dev.agenttower.unix.BindGuard;
import dev.agenttower.unix.BoundSocket;
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
 * A server of one protocol on a Unix socket: {@link #bind()}, {@link #start()}, {@link #close()}, each once. It owns the thread
 * {@code NAME-io} and the workers {@code NAME-worker-N}. Thread-safe.
 */
public final class ConnectionServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionServer.class);
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final String name;
    private final SocketFile file;
    private final Protocol protocol;
    private final ConnectionLimits limits;
    private final LongSupplier ticker;
    private final Consumer<Throwable> onFatal;
    private @Nullable BoundSocket listener;
    private volatile @Nullable ConnectionLoop loop;
    private @Nullable Thread thread;
    private boolean isClosed;

    /**
     * A server that is not bound yet.
     *
     * @param name the prefix of its threads' names
     * @param ownUid the required owner of the socket
     * @param ticker nanoseconds from any origin, like {@link System#nanoTime()}; measures the deadlines
     * @param onFatal receives a failure after which the server cannot continue; must not block
     */
    public ConnectionServer(
            String name,
            Path socket,
            long ownUid,
            BindGuard guard,
            Protocol protocol,
            ConnectionLimits limits,
            LongSupplier ticker,
            Consumer<Throwable> onFatal) {
        this.name = name;
        this.file = new SocketFile(socket, ownUid, guard);
        this.protocol = protocol;
        this.limits = limits;
        this.ticker = ticker;
        this.onFatal = onFatal;
    }

    /**
     * Creates the socket with mode 0600. Clients may connect from now on, but are served only after {@link #start()}.
     *
     * @throws IOException if the path already exists, the directory is missing or not accessible, or the result is not private
     */
    public synchronized void bind() throws IOException {
        if (listener != null || isClosed) {
            throw new IllegalStateException("bound already");
        }
        listener = file.listen(limits.backlog());
    }

    /**
     * Starts to serve.
     *
     * @throws IOException if the listener cannot be opened
     */
    public synchronized void start() throws IOException {
        if (listener == null || loop != null || isClosed) {
            throw new IllegalStateException("not bound, or started already");
        }
        ConnectionLoop started = new ConnectionLoop(name, listener, protocol, limits, ticker, onFatal);
        loop = started;
        thread = new Thread(started, name + "-io");
        thread.start();
    }

    /** Checks soon, and not only ten times a second, whether waiting connections have got what they wait for. Never waits. */
    public void wake() {
        ConnectionLoop running = loop;
        if (running != null) {
            running.wakeWaiting();
        }
    }

    /** Removes the socket, completes requests in progress within a bounded time and ends. Idempotent. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            file.remove();
            if (loop == null && listener != null) {
                listener.close();
            }
        } catch (IOException e) {
            LOG.warn("cannot remove the socket: {}", e.toString());
        }
        ConnectionLoop running = loop;
        if (running != null && thread != null) {
            end(running, thread);
        }
    }

    private void end(ConnectionLoop running, Thread its) {
        running.stop();
        try {
            its.join(limits.deadlines().closeGrace().plus(MARGIN).toMillis());
            if (!running.endWorkers(limits.deadlines().closeGrace())) {
                LOG.warn("a request goes on after the end of its server");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
