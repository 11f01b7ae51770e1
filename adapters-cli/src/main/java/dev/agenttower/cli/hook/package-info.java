/**
 * Commands that enter AgentTower's hook in the settings of agent clients, whose files belong to their user. Entry: {@code HookCommands}; a
 * client is one implementation of {@code HookClient}.
 */
@NullMarked
package dev.agenttower.cli.hook;

import org.jspecify.annotations.NullMarked;
