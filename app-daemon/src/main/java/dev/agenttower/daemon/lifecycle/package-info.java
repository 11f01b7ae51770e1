/** The files, locks and signals of a daemon that starts, runs alone and stops. */
@NullMarked
package dev.agenttower.daemon.lifecycle;

import org.jspecify.annotations.NullMarked;
