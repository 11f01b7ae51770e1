package dev.agenttower.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A way to call methods of the daemon: {@link DaemonClient}, or one {@link DaemonConnection} of it. */
public interface DaemonCalls {
    /**
     * Calls a method and waits for its result.
     *
     * @param params the parameters, or null for none
     * @return the {@code result} object
     * @throws DaemonErrorException if the daemon answers with an error
     * @throws TransportException if no usable answer comes in time
     */
    ObjectNode call(String method, @Nullable ObjectNode params, Timeouts timeouts);

    /**
     * Calls a method that only reads, with {@link Timeouts#SHORT}.
     *
     * @throws DaemonErrorException if the daemon answers with an error
     * @throws TransportException if no usable answer comes in time
     */
    default ObjectNode call(String method, @Nullable ObjectNode params) {
        return call(method, params, Timeouts.SHORT);
    }
}
