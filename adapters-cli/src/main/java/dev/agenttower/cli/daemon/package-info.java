/** The commands that start and stop the daemon and show its state, alone or with all that belongs to a first look. */
@NullMarked
package dev.agenttower.cli.daemon;

import org.jspecify.annotations.NullMarked;
