/** The container engine, tmux and processes as the daemon accesses them, and health probes. */
@NullMarked
package dev.agenttower.daemon.world;

import org.jspecify.annotations.NullMarked;
