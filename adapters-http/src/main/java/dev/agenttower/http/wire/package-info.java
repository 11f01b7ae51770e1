/** The JSON of this socket. */
@NullMarked
package dev.agenttower.http.wire;

import org.jspecify.annotations.NullMarked;
