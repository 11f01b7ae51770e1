package dev.agenttower.cli.queue;

import dev.agenttower.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The commands {@code agenttower routing ...}. */
@Command(
        name = "routing",
        customSynopsis = "agenttower routing [-h] subcommand ...",
        description = "the kill switch: whether prompts are delivered",
        footer = "  agenttower routing disable",
        subcommands = {RoutingEnableCommand.class, RoutingDisableCommand.class, RoutingStatusCommand.class})
public final class RoutingCommands extends CommandGroup {}
