package dev.agenttower.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A connection that the daemon keeps open between calls.
 *
 * <p>After a {@link TransportException} it is unusable and must be closed. Not thread-safe.
 */
public final class DaemonConnection implements DaemonCalls, AutoCloseable {
    private final LineChannel channel;

    DaemonConnection(LineChannel channel) {
        this.channel = channel;
    }

    @Override
    public ObjectNode call(String method, @Nullable ObjectNode params, Timeouts timeouts) {
        return Envelope.result(channel.exchange(Envelope.request(method, params, true), timeouts));
    }

    @Override
    public void close() {
        channel.close();
    }
}
