/**
 * The checks that a request must pass before its method runs, in a fixed order: {@link dev.agenttower.socket.server.gate.Gates}.
 */
@NullMarked
package dev.agenttower.socket.server.gate;

import org.jspecify.annotations.NullMarked;
