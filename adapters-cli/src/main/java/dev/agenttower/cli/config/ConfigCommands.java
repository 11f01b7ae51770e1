package dev.agenttower.cli.config;

import dev.agenttower.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The commands {@code agenttower config ...}. */
@Command(
        name = "config",
        customSynopsis = "agenttower config [-h] subcommand ...",
        description = "file locations, first setup, and checks",
        footer = "  agenttower config init",
        subcommands = {ConfigPathsCommand.class, ConfigInitCommand.class, ConfigDoctorCommand.class})
public final class ConfigCommands extends CommandGroup {}
