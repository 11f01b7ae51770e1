/**
 * HTTP/1.1 on a Unix socket, and the threads that serve it. Knows nothing of routes or JSON: what a request means is up to a
 * {@link dev.agenttower.http.transport.HttpService}. Entry type: {@link dev.agenttower.http.transport.HttpServer}.
 */
@NullMarked
package dev.agenttower.http.transport;

import org.jspecify.annotations.NullMarked;
