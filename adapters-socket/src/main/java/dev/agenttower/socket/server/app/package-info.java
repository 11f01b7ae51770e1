/** The methods of the contract for control panels, by families. */
@NullMarked
package dev.agenttower.socket.server.app;

import org.jspecify.annotations.NullMarked;
