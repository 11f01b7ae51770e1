package dev.agenttower.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands {@code agenttower request ...}. */
@Command(
        name = "request",
        customSynopsis = "agenttower request [-h] subcommand ...",
        description = "requests between roles",
        footer = "  agenttower request list",
        subcommands = {
            RequestFileCommand.class,
            RequestListCommand.class,
            RequestShowCommand.class,
            RequestStatusCommand.class
        })
final class RequestCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
