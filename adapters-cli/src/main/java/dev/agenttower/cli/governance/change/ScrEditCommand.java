package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.DecidedChange;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower scr edit}. */
@Command(
        name = "edit",
        description = "edit a proposal in $EDITOR, look at the diff, and authorize the result",
        footer = {
            "  agenttower scr edit scr_20260220_150000_001",
            "  EDITOR=nano agenttower scr edit scr_20260220_150000_001"
        })
final class ScrEditCommand implements Runnable {
    private final CliContext context;

    @Mixin
    private ScrId scr;

    @Mixin
    private ChangeReview review;

    ScrEditCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        if (!review.canAsk()) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "an editor needs a terminal");
        }
        review.ask(client -> {
            SovereignChange change = client.change(scr.id());
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
            return new Editing(client, review, change, document, editor, context).run();
        });
    }

    /** The loop of editing and review, from the first preview to a decision. */
    private record Editing(
            GovernanceClient client,
            ChangeReview review,
            SovereignChange change,
            ProposalDocument document,
            ProposalEditor editor,
            CliContext context) {
        // The edited file is kept until the change is applied.
        DecidedChange run() {
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
                    @Nullable DecidedChange done = decide(text);
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

        /** Null if the person returns to the editor. */
        private @Nullable DecidedChange decide(String text) {
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
            ChangePreview preview = client.preview(change.id(), edited);
            if (!preview.wouldApply()) {
                review.show(preview);
                if (review.isYes("Edit it again?")) {
                    return null;
                }
            }
            return review.confirm(client, preview, edited);
        }
    }
}
