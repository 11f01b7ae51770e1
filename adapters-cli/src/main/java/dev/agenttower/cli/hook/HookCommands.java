package dev.agenttower.cli.hook;

import dev.agenttower.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The commands {@code agenttower hooks ...}. */
@Command(
        name = "hooks",
        customSynopsis = "agenttower hooks [-h] subcommand ...",
        description = "let agent clients ask AgentTower before they use a tool",
        footer = {"  agenttower hooks install --project ~/shop", "  agenttower hooks status"},
        subcommands = {
            HookInstallCommand.class,
            HookUninstallCommand.class,
            HookStatusCommand.class,
            HookTestCommand.class
        })
public final class HookCommands extends CommandGroup {}
