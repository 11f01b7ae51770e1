/**
 * The commands of the program {@code agenttower}. {@link dev.agenttower.cli.AgentTowerCli} runs one command line in a
 * {@link dev.agenttower.cli.CliContext}; a class is loaded only for the command that was asked for. Nothing here ends the JVM.
 */
@NullMarked
package dev.agenttower.cli;

import org.jspecify.annotations.NullMarked;
