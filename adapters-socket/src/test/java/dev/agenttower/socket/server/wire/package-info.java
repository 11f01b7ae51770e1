/** Tests of single classes. */
@NullMarked
package dev.agenttower.socket.server.wire;

import org.jspecify.annotations.NullMarked;
