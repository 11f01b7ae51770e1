/** The older methods of the socket, one class for each family. */
@NullMarked
package dev.agenttower.socket.server.legacy;

import org.jspecify.annotations.NullMarked;
