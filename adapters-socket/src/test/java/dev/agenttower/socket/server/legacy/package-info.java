/** Tests of single classes. */
@NullMarked
package dev.agenttower.socket.server.legacy;

import org.jspecify.annotations.NullMarked;
