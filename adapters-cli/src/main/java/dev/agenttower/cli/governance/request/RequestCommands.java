package dev.agenttower.cli.governance.request;

import dev.agenttower.cli.command.CommandGroup;
import picocli.CommandLine.Command;

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
public final class RequestCommands extends CommandGroup {}
