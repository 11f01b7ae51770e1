/** The daemon's state as the socket reports it. Supplied by the composition root. */
@NullMarked
package dev.agenttower.socket.server.status;

import org.jspecify.annotations.NullMarked;
