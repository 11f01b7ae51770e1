/** The two envelopes of the wire and their JSON. */
@NullMarked
package dev.agenttower.socket.server.wire;

import org.jspecify.annotations.NullMarked;
