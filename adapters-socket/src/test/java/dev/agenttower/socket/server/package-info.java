/** Tests of the server over a real socket, with a tower in memory. */
@NullMarked
package dev.agenttower.socket.server;

import org.jspecify.annotations.NullMarked;
