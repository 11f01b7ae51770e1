package dev.agenttower.http.transport;

import java.util.Map;

/**
 * An answer.
 *
 * @param status the status code
 * @param contentType the type of the content
 * @param headers further headers, by name
 */
public record HttpReply(int status, String contentType, Map<String, String> headers, HttpContent content)
        implements HttpAnswer {
    /** Copies the headers. */
    public HttpReply {
        headers = Map.copyOf(headers);
    }
}
