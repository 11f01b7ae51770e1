package dev.agenttower.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A client of the daemon behind one socket; each call uses its own connection.
 *
 * <p>Thread-safe. {@link #close()} ends its one thread; calls after that fail with {@link IllegalStateException}.
 */
public final class DaemonClient implements DaemonCalls, AutoCloseable {
    private final Path socket;
    private final Deadlines deadlines = new Deadlines();

    /** Creates a client; connects on the first call. */
    public DaemonClient(Path socket) {
        this.socket = requireNonNull(socket, "socket");
    }

    @Override
    public ObjectNode call(String method, @Nullable ObjectNode params, Timeouts timeouts) {
        byte[] request = Envelope.request(method, params, false);
        try (LineChannel channel = LineChannel.connect(socket, timeouts, deadlines)) {
            return Envelope.result(channel.exchange(request, timeouts));
        }
    }

    /**
     * Opens a connection for several consecutive calls.
     *
     * @throws TransportException if the daemon cannot be reached
     */
    public DaemonConnection connect(Timeouts timeouts) {
        return new DaemonConnection(LineChannel.connect(socket, timeouts, deadlines));
    }

    /** The socket's path, as given. */
    public Path socket() {
        return socket;
    }

    @Override
    public void close() {
        deadlines.close();
    }
}
