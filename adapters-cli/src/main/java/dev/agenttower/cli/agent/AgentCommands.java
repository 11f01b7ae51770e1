package dev.agenttower.cli.agent;

import dev.agenttower.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code agenttower agent}. */
@Command(
        name = "agent",
        description = "remove agents that have ended",
        footer = {"  agenttower agent forget api-worker", "  agenttower agent prune --older-than 7d"},
        subcommands = {AgentForgetCommand.class, AgentPruneCommand.class})
public final class AgentCommands extends CommandGroup {}
