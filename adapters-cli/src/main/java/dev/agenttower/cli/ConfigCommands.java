package dev.agenttower.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands {@code agenttower config ...}. */
@Command(
        name = "config",
        customSynopsis = "agenttower config [-h] subcommand ...",
        description = "where files lie, first setup, and checks",
        footer = "  agenttower config init",
        subcommands = {ConfigPathsCommand.class, ConfigInitCommand.class, ConfigDoctorCommand.class})
final class ConfigCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
