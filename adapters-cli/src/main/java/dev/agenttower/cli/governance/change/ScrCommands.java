package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The commands {@code agenttower scr ...}. */
@Command(
        name = "scr",
        customSynopsis = "agenttower scr [-h] subcommand ...",
        description = "sovereign change requests: proposed by agents, decided by a human",
        footer = "  agenttower scr list",
        subcommands = {
            ScrProposeCommand.class,
            ScrListCommand.class,
            ScrShowCommand.class,
            ScrDiffCommand.class,
            ScrAuthorizeCommand.class,
            ScrEditCommand.class,
            ScrRejectCommand.class,
            ScrWithdrawCommand.class
        })
public final class ScrCommands extends CommandGroup {}
