package dev.agenttower.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Calls methods of the daemon, through a {@link DaemonClient} or one of its {@link DaemonConnection}s. */
public interface DaemonCalls {
    /**
     * Calls a method and waits for its result.
     *
     * @param params the parameters, or null for none
     * @return the {@code result} object
     * @throws DaemonErrorException if the daemon answers with an error
     * @throws TransportException if there is no usable answer in time
     */
    ObjectNode call(String method, @Nullable ObjectNode params, Timeouts timeouts);

    /**
     * Calls a read-only method, with {@link Timeouts#SHORT}.
     *
     * @throws DaemonErrorException if the daemon answers with an error
     * @throws TransportException if there is no usable answer in time
     */
    default ObjectNode call(String method, @Nullable ObjectNode params) {
        return call(method, params, Timeouts.SHORT);
    }
}
