package dev.agenttower.cli.governance.policy;

import dev.agenttower.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The commands {@code agenttower policy ...}. */
@Command(
        name = "policy",
        customSynopsis = "agenttower policy [-h] subcommand ...",
        description = "the permissions of roles and specs",
        footer = "  agenttower policy check src/app.js --action edit --spec SPEC-001",
        subcommands = {
            PolicyStatusCommand.class,
            PolicyRolesCommand.class,
            PolicySpecsCommand.class,
            PolicyConflictsCommand.class,
            PolicyCheckCommand.class,
            PolicyRunCommand.class,
            PolicySetRoleCommand.class,
            PolicySetSpecCommand.class
        })
public final class PolicyCommands extends CommandGroup {}
