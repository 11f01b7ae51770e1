package dev.agenttower.socket.server.wire;

import dev.agenttower.core.failure.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client is told of a request that failed.
 *
 * @param message one sentence, free of secrets
 * @param details names and values in order; shown by {@link Envelope#APP} only
 */
public record Failure(ErrorCode code, String message, Map<String, Object> details) {
    /** Copies the details, keeping their order. */
    public Failure {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** A failure without details. */
    public static Failure of(ErrorCode code, String message) {
        return new Failure(code, message, Map.of());
    }

    /** A failure of the daemon, of which the client learns nothing more. */
    public static Failure internal() {
        return of(ErrorCode.INTERNAL_ERROR, "internal error handling request; see daemon log");
    }
}
