package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.governance.ProposalDocument;
import dev.agenttower.cli.governance.UnreadableDocumentException;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.DaemonException;
import dev.agenttower.socket.client.governance.ChangePreview;
import dev.agenttower.socket.client.governance.Proposal;
import dev.agenttower.socket.client.governance.SovereignChange;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower scr edit}. */
final class ScrEditCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.SCR_EDIT
                .form(
                        List.of(GovernanceAccess.PASSPHRASE_STDIN, GovernanceAccess.PROJECT, OptionForm.JSON),
                        "agenttower scr edit scr_20260220_150000_001",
                        "EDITOR=nano agenttower scr edit scr_20260220_150000_001")
                .withOperands(ScrForm.ID);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        if (!ChangeReview.canAsk(arguments, context)) {
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
            ProposalDocument document = ProposalDocument.of(change, proposal, new SecureRandom());
            ProposalEditor editor = ProposalEditor.of(document.text(), change.targetPath(), context);
            return new Editing(access, new ChangeReview(access, arguments, context), change, document, editor, context)
                    .run();
        }
    }

    /** From the first look at a proposal to a decision, by way of the editor as often as it takes. */
    private record Editing(
            GovernanceAccess access,
            ChangeReview review,
            SovereignChange change,
            ProposalDocument document,
            ProposalEditor editor,
            CliContext context) {
        // Work of a person's hands is kept until it is in its file.
        ExitCode run() {
            boolean isTouched = false;
            try {
                while (true) {
                    String text = editor.edit();
                    if (!isTouched && text.equals(document.text())) {
                        throw untouched("was left as it was");
                    }
                    if (text.isBlank()) {
                        throw untouched("was emptied");
                    }
                    isTouched = true;
                    @Nullable ExitCode done = decide(text);
                    if (done != null) {
                        editor.discard();
                        return done;
                    }
                }
            } catch (DaemonException | RefusedException | CommandFailure e) {
                if (isTouched) {
                    context.err()
                            .print("your text is kept in "
                                    + TerminalText.safe(editor.file().toString()) + "\n");
                } else {
                    editor.discard();
                }
                throw e;
            }
        }

        private static boolean isEmptied(Proposal edited) {
            return (edited instanceof Proposal.Append append && append.content().isEmpty())
                    || (edited instanceof Proposal.FullReplace all
                            && all.content().isEmpty());
        }

        private static CommandFailure untouched(String what) {
            return new CommandFailure(
                    ExitCode.PRECONDITION,
                    "error: the proposal " + what
                            + ", so nothing was changed; `agenttower scr authorize` takes it as it"
                            + " is, `agenttower scr reject` rejects it");
        }

        /** Null where the person goes back to the editor. */
        private @Nullable ExitCode decide(String text) {
            Proposal edited;
            try {
                edited = document.read(text);
            } catch (UnreadableDocumentException e) {
                if (review.isYes(TerminalText.safe(e.getMessage()) + ". Edit it again?")) {
                    return null;
                }
                throw new CommandFailure(ExitCode.PRECONDITION, "error: " + TerminalText.safe(e.getMessage()), e);
            }
            if (edited.equals(document.original())) {
                throw untouched("was left as it was");
            }
            if (isEmptied(edited)) {
                throw untouched("was emptied");
            }
            ChangePreview preview = access.client().preview(change.id(), edited);
            if (!preview.wouldApply()) {
                review.show(preview);
                if (review.isYes("Edit it again?")) {
                    return null;
                }
            }
            return review.ask(preview, edited);
        }
    }
}
