package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.governance.ChangePreview;
import java.util.List;

/** {@code agenttower scr diff}. */
final class ScrDiffCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.SCR_DIFF
                .form(List.of(GovernanceAccess.PROJECT, OptionForm.JSON), "agenttower scr diff scr_20260220_150000_001")
                .withOperands(ScrForm.ID);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        ChangePreview preview;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            preview = access.client().preview(ScrForm.id(arguments));
        }
        DaemonAccess.printResult(
                context, arguments, preview.json(), () -> ChangeReview.text(preview, GovernanceAccess.style(context)));
        return preview.wouldApply() ? ExitCode.OK : ExitCode.DEGRADED;
    }
}
