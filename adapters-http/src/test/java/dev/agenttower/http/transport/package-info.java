/** Tests of single connections. */
@NullMarked
package dev.agenttower.http.transport;

import org.jspecify.annotations.NullMarked;
