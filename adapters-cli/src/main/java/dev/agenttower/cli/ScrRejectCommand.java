package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower scr reject}. */
final class ScrRejectCommand implements Command {
    private static final String REASON = "--reason";

    @Override
    public CommandForm form() {
        return CommandName.SCR_REJECT
                .form(
                        List.of(
                                OptionForm.value(REASON, "TEXT", "why, for the one who proposed it"),
                                GovernanceAccess.PASSPHRASE_STDIN,
                                GovernanceAccess.PROJECT,
                                OptionForm.JSON),
                        "agenttower scr reject scr_20260220_150000_001 --reason 'too wide'")
                .withOperands(ScrForm.ID);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        @Nullable String reason = arguments.value(REASON);
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            ChangeReview.print(
                    access.asHuman(client -> client.reject(ScrForm.id(arguments), reason == null ? "" : reason)),
                    arguments,
                    context);
        }
        return ExitCode.OK;
    }
}
