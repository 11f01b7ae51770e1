package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import java.util.List;

/** {@code agenttower scr withdraw}. */
final class ScrWithdrawCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.SCR_WITHDRAW
                .form(
                        List.of(
                                GovernanceAccess.ROLE,
                                GovernanceAccess.AGENT,
                                GovernanceAccess.PROJECT,
                                OptionForm.JSON),
                        "agenttower scr withdraw scr_20260220_150000_001 --role Backend_Engineer")
                .withOperands(ScrForm.ID);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            ChangeReview.print(
                    access.client().withdraw(ScrForm.id(arguments), OwnActor.of(arguments, context, access.client())),
                    arguments,
                    context);
        }
        return ExitCode.OK;
    }
}
