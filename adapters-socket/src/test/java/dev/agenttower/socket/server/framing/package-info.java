/** Tests of the transport, with a protocol that echoes. */
@NullMarked
package dev.agenttower.socket.server.transport;

import org.jspecify.annotations.NullMarked;
