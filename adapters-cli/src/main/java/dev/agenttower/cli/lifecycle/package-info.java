/**
 * What a command does with the daemon's process and its folders: create them, check them, start the daemon, see whether its lock is held.
 */
@NullMarked
package dev.agenttower.cli.lifecycle;

import org.jspecify.annotations.NullMarked;
