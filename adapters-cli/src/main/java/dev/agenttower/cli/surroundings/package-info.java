/**
 * Where a command runs: on the host or in a container, in which tmux pane, and which socket leads to the daemon. Reads the environment
 * and a few files; starts no program and asks no daemon.
 */
@NullMarked
package dev.agenttower.cli.surroundings;

import org.jspecify.annotations.NullMarked;
