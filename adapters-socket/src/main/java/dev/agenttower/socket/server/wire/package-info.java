/** The two envelopes of answers, and their JSON. */
@NullMarked
package dev.agenttower.socket.server.wire;

import org.jspecify.annotations.NullMarked;
