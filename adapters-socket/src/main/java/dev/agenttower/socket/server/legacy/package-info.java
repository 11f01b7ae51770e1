/** The older methods of the socket, by families. */
@NullMarked
package dev.agenttower.socket.server.legacy;

import org.jspecify.annotations.NullMarked;
