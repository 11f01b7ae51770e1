package dev.agenttower.http.transport;

import dev.agenttower.core.caller.Peer;

/** Makes answers. Thread-safe; throws only what should end the server. */
public interface HttpService {
    /** Called once for each connection, as soon as it is made; the result comes along with each of its requests. */
    Object connected(Peer peer);

    /** Whether a client may speak, by what {@link #connected} gave for it. */
    boolean admits(Object client);

    /** The answer to a request. */
    HttpAnswer reply(HttpRequest request);

    /** The answer to what is no request that can be served. */
    HttpReply refuse(HttpFault fault);
}
