/**
 * The console: the agents, what waits for the human and what can be done about it, in full screen. {@link
 * dev.agenttower.cli.console.ConsoleKeys} says what a key does to the {@link dev.agenttower.cli.console.ConsoleState} and which {@link
 * dev.agenttower.cli.console.Effect} it has, {@link dev.agenttower.cli.console.ConsoleScreen} draws it; both know neither terminal nor
 * daemon. It decides nothing itself: the daemon judges each call as it judges those of the commands.
 */
@NullMarked
package dev.agenttower.cli.console;

import org.jspecify.annotations.NullMarked;
