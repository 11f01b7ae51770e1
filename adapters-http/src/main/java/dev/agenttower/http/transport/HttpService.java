package dev.agenttower.http.transport;

import dev.agenttower.core.caller.Peer;

/** Answers requests. Thread-safe; an exception ends the server. */
public interface HttpService {
    /** Called once for each new connection; the result is passed with each of its requests. */
    Object connected(Peer peer);

    /** Whether a client is authorized; {@code client} is the result of {@link #connected}. */
    boolean admits(Object client);

    /** The answer to a request. */
    HttpAnswer reply(HttpRequest request);

    /** The answer to a request that cannot be served. */
    HttpReply refuse(HttpFault fault);
}
