/**
 * The web panel: a server on 127.0.0.1 that shows the tower to the browser of the same user, as a client of the daemon's two sockets.
 */
@NullMarked
package dev.agenttower.panel;

import org.jspecify.annotations.NullMarked;
