package dev.agenttower.socket.server.wire;

import dev.agenttower.core.failure.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The report of a failed request to the client.
 *
 * @param message one sentence, free of secrets
 * @param details names and values in order; sent by {@link Envelope#APP} only
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

    /** An internal error, without details for the client. */
    public static Failure internal() {
        return of(ErrorCode.INTERNAL_ERROR, "internal error handling request; see daemon log");
    }
}
