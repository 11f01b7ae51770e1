/** JSON as this socket reads and writes it. */
@NullMarked
package dev.agenttower.http.wire;

import org.jspecify.annotations.NullMarked;
