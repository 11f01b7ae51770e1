/**
 * The environment of a command: host or container, tmux pane, and the daemon's socket. Reads environment variables and a few files; starts
 * no program and does not call the daemon.
 */
@NullMarked
package dev.agenttower.cli.surroundings;

import org.jspecify.annotations.NullMarked;
