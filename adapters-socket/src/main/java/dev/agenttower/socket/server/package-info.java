/**
 * The server side of the socket. Entry type: {@link dev.agenttower.socket.server.TowerServer}. A request is cut from the stream in {@code
 * framing}, passes {@code gate} and reaches a method of {@code legacy} or {@code app}; {@code wire} holds the envelopes.
 */
@NullMarked
package dev.agenttower.socket.server;

import org.jspecify.annotations.NullMarked;
