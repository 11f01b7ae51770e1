/** What the daemon tells the socket about itself. Filled by the composition root. */
@NullMarked
package dev.agenttower.socket.server.status;

import org.jspecify.annotations.NullMarked;
