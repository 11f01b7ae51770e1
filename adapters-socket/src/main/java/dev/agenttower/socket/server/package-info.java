/**
 * The daemon's end of the socket. Entry type: {@link dev.agenttower.socket.server.TowerServer}. A request goes from
 * {@code transport} through {@code gate} to a method of {@code legacy} or {@code app}; {@code wire} holds the envelopes.
 */
@NullMarked
package dev.agenttower.socket.server;

import org.jspecify.annotations.NullMarked;
