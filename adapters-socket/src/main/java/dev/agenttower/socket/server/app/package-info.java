/** The methods of the contract for control panels, one class for each family. */
@NullMarked
package dev.agenttower.socket.server.app;

import org.jspecify.annotations.NullMarked;
