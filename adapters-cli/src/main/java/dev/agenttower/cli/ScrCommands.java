package dev.agenttower.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands {@code agenttower scr ...}. */
@Command(
        name = "scr",
        customSynopsis = "agenttower scr [-h] subcommand ...",
        description = "sovereign change requests: what agents propose and a human decides",
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
final class ScrCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
