package dev.agenttower.http.transport;

import dev.agenttower.core.caller.Peer;

/** Makes answers. Thread-safe; throws only what should end the server. */
public interface HttpService {
    /** Called once for each connection, as soon as it is made; the result comes along with each of its requests. */
    Object connected(Peer peer);

    /** The answer to a request. */
    HttpReply reply(HttpRequest request);

    /** The answer to what is no request that can be served. */
    HttpReply refuse(HttpFault fault);
}
