package dev.agenttower.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands {@code agenttower session ...}. */
@Command(
        name = "session",
        customSynopsis = "agenttower session [-h] subcommand ...",
        description = "agents at work, each in one role",
        footer = "  agenttower session list",
        subcommands = {SessionStartCommand.class, SessionEndCommand.class, SessionListCommand.class})
final class SessionCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
