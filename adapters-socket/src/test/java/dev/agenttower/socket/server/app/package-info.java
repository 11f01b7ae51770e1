/** Tests of single classes. */
@NullMarked
package dev.agenttower.socket.server.app;

import org.jspecify.annotations.NullMarked;
