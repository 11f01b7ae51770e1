/** Tests of framing and of the connection server, with a protocol that echoes. */
@NullMarked
package dev.agenttower.socket.server.framing;

import org.jspecify.annotations.NullMarked;
