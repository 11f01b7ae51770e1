package dev.agenttower.http.transport;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as received.
 *
 * @param method such as {@code GET}
 * @param target path and query as received
 * @param headers the headers by name in lower case; the last one of each name
 * @param body the body; empty if there is none; must not be modified
 * @param connection the service's object for the connection
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record HttpRequest(String method, String target, Map<String, String> headers, byte[] body, Object connection) {
    /** Copies the headers. */
    public HttpRequest {
        headers = Map.copyOf(headers);
    }

    /** A header, or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }
}
