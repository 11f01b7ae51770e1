package dev.agenttower.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands {@code agenttower project ...}. */
@Command(
        name = "project",
        customSynopsis = "agenttower project [-h] subcommand ...",
        description = "the folders under governance",
        footer = "  agenttower project init .",
        subcommands = {
            ProjectAddCommand.class,
            ProjectInitCommand.class,
            ProjectListCommand.class,
            ProjectShowCommand.class,
            ProjectRemoveCommand.class
        })
final class ProjectCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
