package dev.agenttower.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** An HTTP/1.1 answer with its decoded body. */
final class HttpAnswer {
    private final int status;
    private final byte[] body;

    /** An answer with a status of 200 to 599. */
    HttpAnswer(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    /** The bytes of the body; not a copy. */
    byte[] body() {
        return body;
    }

    /**
     * The body as JSON.
     *
     * @throws TransportException.UnreadableAnswer if it is not JSON
     */
    JsonNode json() {
        try {
            return JsonText.parse(body);
        } catch (IOException e) {
            throw new TransportException.UnreadableAnswer("the answer with status " + status + " is no JSON", e);
        }
    }
}
