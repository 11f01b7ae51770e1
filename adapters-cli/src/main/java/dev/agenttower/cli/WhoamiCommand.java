package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.governance.CallerIdentity;
import java.util.List;

/** {@code agenttower whoami}. */
final class WhoamiCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.WHOAMI.form(
                List.of(GovernanceAccess.PROJECT, OptionForm.JSON),
                "agenttower whoami",
                "ADT_ROLE=Backend_Engineer agenttower whoami --json");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        CallerIdentity identity;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            identity = access.client().identity(OwnActor.claimedRole(context), null);
        }
        if (arguments.json()) {
            DaemonAccess.printResult(context, identity.json());
            return ExitCode.OK;
        }
        context.out()
                .print(new Facts()
                        .add("human", identity.isHuman())
                        .add("human_reason", identity.humanReason())
                        .add("passphrase_set", identity.asksPassphrase())
                        .add("project", identity.project())
                        .add("agent", identity.agent())
                        .add("role", identity.role())
                        .add("role_source", identity.roleSource())
                        .add("session_id", identity.sessionId())
                        .add("spec_id", identity.specId())
                        .add("explanation", identity.explanation()));
        return ExitCode.OK;
    }
}
