package dev.agenttower.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands {@code agenttower ledger ...}. */
@Command(
        name = "ledger",
        customSynopsis = "agenttower ledger [-h] subcommand ...",
        description = "the record of all that was decided and done",
        footer = "  agenttower ledger tail --follow",
        subcommands = {
            LedgerTailCommand.class,
            LedgerQueryCommand.class,
            LedgerVerifyCommand.class,
            LedgerHealCommand.class,
            LedgerLogCommand.class
        })
final class LedgerCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
