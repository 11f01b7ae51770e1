package dev.agenttower.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands {@code agenttower policy ...}. */
@Command(
        name = "policy",
        customSynopsis = "agenttower policy [-h] subcommand ...",
        description = "who may do what, and where",
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
final class PolicyCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
