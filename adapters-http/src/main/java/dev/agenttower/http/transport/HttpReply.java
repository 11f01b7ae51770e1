package dev.agenttower.http.transport;

import java.util.Map;

/**
 * An answer.
 *
 * @param status the status code
 * @param contentType the type of the body
 * @param headers further headers, by name
 * @param body the body; never changed by anyone
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record HttpReply(int status, String contentType, Map<String, String> headers, byte[] body) {
    /** Copies the headers. */
    public HttpReply {
        headers = Map.copyOf(headers);
    }
}
