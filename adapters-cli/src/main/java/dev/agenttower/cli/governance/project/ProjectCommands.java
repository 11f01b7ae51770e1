package dev.agenttower.cli.governance.project;

import dev.agenttower.cli.command.CommandGroup;
import picocli.CommandLine.Command;

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
public final class ProjectCommands extends CommandGroup {}
