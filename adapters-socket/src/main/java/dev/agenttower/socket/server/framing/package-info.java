/**
 * Connections on a Unix socket, cut into lines, and the threads that serve them. Knows nothing of JSON or of methods: what a line means is
 * up to a {@link dev.agenttower.socket.server.transport.Protocol}. Entry type:
 * {@link dev.agenttower.socket.server.transport.LineServer}.
 */
@NullMarked
package dev.agenttower.socket.server.transport;

import org.jspecify.annotations.NullMarked;
