/** The methods of the socket: their definition, calls and results. */
@NullMarked
package dev.agenttower.socket.server.method;

import org.jspecify.annotations.NullMarked;
