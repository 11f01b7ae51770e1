/** The process at the other end of a connection. */
@NullMarked
package dev.agenttower.core.caller;

import org.jspecify.annotations.NullMarked;
