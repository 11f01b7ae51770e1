package dev.agenttower.cli.governance.human;

import dev.agenttower.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The commands {@code agenttower operator ...}. */
@Command(
        name = "operator",
        customSynopsis = "agenttower operator [-h] subcommand ...",
        description = "the passphrase that proves that you are human",
        footer = "  agenttower operator set-passphrase",
        subcommands = {OperatorSetPassphraseCommand.class})
public final class OperatorCommands extends CommandGroup {}
