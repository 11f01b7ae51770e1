package dev.agenttower.cli.governance.session;

import dev.agenttower.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The commands {@code agenttower session ...}. */
@Command(
        name = "session",
        customSynopsis = "agenttower session [-h] subcommand ...",
        description = "agents at work, each in one role",
        footer = "  agenttower session list",
        subcommands = {SessionStartCommand.class, SessionEndCommand.class, SessionListCommand.class})
public final class SessionCommands extends CommandGroup {}
