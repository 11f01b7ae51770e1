/**
 * The daemon's process and folders: creates and checks the folders, starts and stops the daemon, and checks whether its lock is held.
 */
@NullMarked
package dev.agenttower.cli.lifecycle;

import org.jspecify.annotations.NullMarked;
