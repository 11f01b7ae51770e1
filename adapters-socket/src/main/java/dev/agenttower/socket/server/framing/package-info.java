/** Splits the input of a connection into lines. Entry type: {@link dev.agenttower.socket.server.framing.LineSession}. */
@NullMarked
package dev.agenttower.socket.server.framing;

import org.jspecify.annotations.NullMarked;
