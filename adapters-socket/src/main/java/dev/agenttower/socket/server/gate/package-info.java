/**
 * What a request passes before a method gets to see it, in one order: {@link dev.agenttower.socket.server.gate.Gates}.
 */
@NullMarked
package dev.agenttower.socket.server.gate;

import org.jspecify.annotations.NullMarked;
