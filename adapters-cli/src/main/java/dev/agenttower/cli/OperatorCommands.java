package dev.agenttower.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands {@code agenttower operator ...}. */
@Command(
        name = "operator",
        customSynopsis = "agenttower operator [-h] subcommand ...",
        description = "what proves that you are the human",
        footer = "  agenttower operator set-passphrase",
        subcommands = {OperatorSetPassphraseCommand.class})
final class OperatorCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
