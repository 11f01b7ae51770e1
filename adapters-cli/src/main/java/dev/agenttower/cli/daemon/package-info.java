/** The commands that start, stop and show the daemon, including the demo and the first setup. */
@NullMarked
package dev.agenttower.cli.daemon;

import org.jspecify.annotations.NullMarked;
