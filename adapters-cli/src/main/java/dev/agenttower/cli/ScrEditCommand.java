package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.DaemonException;
import dev.agenttower.socket.client.governance.Proposal;
import dev.agenttower.socket.client.governance.SovereignChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower scr edit}. */
final class ScrEditCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.SCR_EDIT
                .form(
                        List.of(GovernanceAccess.PASSPHRASE_STDIN, GovernanceAccess.PROJECT),
                        "agenttower scr edit scr_20260220_150000_001",
                        "EDITOR=nano agenttower scr edit scr_20260220_150000_001")
                .withOperands(ScrForm.ID);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        if (!context.terminals().input() || !context.terminals().output()) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "an editor needs a terminal");
        }
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            SovereignChange change = access.client().change(ScrForm.id(arguments));
            @Nullable Proposal proposal = change.proposal();
            if (proposal == null || !change.isPending()) {
                throw new RefusedException(
                        ErrorCode.BAD_REQUEST,
                        change.id()
                                + (proposal == null
                                        ? " proposes nothing that can be edited"
                                        : " is already " + change.status()));
            }
            ProposalEditor editor = new ProposalEditor(context);
            ProposalEditor.Edit edit = editor.edit(change.targetPath(), proposal);
            return authorize(access, arguments, context, change.id(), edit);
        }
    }

    // Work of a person's hands is kept until it is in its file.
    private static ExitCode authorize(
            GovernanceAccess access, Arguments arguments, CliContext context, String id, ProposalEditor.Edit edit) {
        try {
            Proposal edited = edit.proposal();
            ExitCode done = new ChangeReview(access, arguments, context)
                    .ask(access.client().preview(id, edited), edited);
            edit.discard();
            return done;
        } catch (DaemonException | RefusedException | CommandFailure e) {
            context.err()
                    .print("your text is kept in "
                            + TerminalText.safe(edit.file().toString()) + "\n");
            throw e;
        }
    }
}
