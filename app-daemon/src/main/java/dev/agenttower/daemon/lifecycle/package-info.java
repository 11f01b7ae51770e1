/** The start, exclusive run and stop of a daemon: its files, locks and signals. */
@NullMarked
package dev.agenttower.daemon.lifecycle;

import org.jspecify.annotations.NullMarked;
