/** The container engine, tmux and processes as the daemon meets them, and probes of their health. */
@NullMarked
package dev.agenttower.daemon.world;

import org.jspecify.annotations.NullMarked;
