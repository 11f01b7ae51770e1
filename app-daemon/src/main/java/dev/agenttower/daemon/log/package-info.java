/** The daemon's own log. */
@NullMarked
package dev.agenttower.daemon.log;

import org.jspecify.annotations.NullMarked;
