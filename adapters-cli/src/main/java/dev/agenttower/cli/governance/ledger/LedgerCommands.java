package dev.agenttower.cli.governance.ledger;

import dev.agenttower.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The commands {@code agenttower ledger ...}. */
@Command(
        name = "ledger",
        customSynopsis = "agenttower ledger [-h] subcommand ...",
        description = "the record of all decisions and actions",
        footer = "  agenttower ledger tail --follow",
        subcommands = {
            LedgerTailCommand.class,
            LedgerQueryCommand.class,
            LedgerVerifyCommand.class,
            LedgerHealCommand.class,
            LedgerLogCommand.class
        })
public final class LedgerCommands extends CommandGroup {}
