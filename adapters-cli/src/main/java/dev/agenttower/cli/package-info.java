/**
 * The program {@code agenttower}: its command tree, and picocli's parsing, help and error reports. {@link dev.agenttower.cli.AgentTowerCli}
 * runs one command line. Nothing here ends the JVM.
 */
@NullMarked
package dev.agenttower.cli;

import org.jspecify.annotations.NullMarked;
