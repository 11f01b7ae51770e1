/**
 * The program {@code agenttower}: the tree of its commands, and how picocli reads a command line, shows help and reports errors. {@link
 * dev.agenttower.cli.AgentTowerCli} runs one command line. Nothing here ends the JVM.
 */
@NullMarked
package dev.agenttower.cli;

import org.jspecify.annotations.NullMarked;
