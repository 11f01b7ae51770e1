/** Tests of what is read and written. */
@NullMarked
package dev.agenttower.http.wire;

import org.jspecify.annotations.NullMarked;
