package dev.agenttower.http.transport;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as it came.
 *
 * @param method such as {@code GET}
 * @param target path and query as they were sent
 * @param headers the headers by their names in lower case; of several with one name the last
 * @param body the body; empty when there is none; never changed by anyone
 * @param connection what is known of the connection it came on
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
