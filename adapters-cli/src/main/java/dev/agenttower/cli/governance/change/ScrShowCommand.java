package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.change.SovereignChange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower scr show}. */
@Command(
        name = "show",
        description = "show a change request with its proposal",
        footer = "  agenttower scr show scr_20260220_150000_001")
final class ScrShowCommand implements Runnable {
    @Mixin
    private ScrId scr;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        SovereignChange change = governance.ask(client -> client.change(scr.id()));
        governance.print(
                change.json(), () -> text(change, governance.output().context().style()));
    }

    private static Facts text(SovereignChange change, Style style) {
        Facts facts = new Facts()
                .add("id", change.id())
                .add("status", change.status())
                .add("target_path", change.targetPath())
                .add("change_type", change.changeType())
                .add("agent", change.agent())
                .add("role", change.role())
                .add("spec_ref", change.specRef())
                .add("intent_id", change.intentId())
                .add("submitted_at", change.submittedAt())
                .add("decided_by", change.decidedBy())
                .add("decided_at", change.decidedAt())
                .add("was_edited", change.wasEdited());
        if (change.json().has("claimed_status")) {
            facts.add("origin", change.json().path("origin").asText())
                    .add("claimed_status", change.json().path("claimed_status").asText());
        }
        if (change.rejectionReason() != null) {
            facts.add("rejection_reason", change.rejectionReason());
        }
        if (!change.description().isEmpty()) {
            facts.block("Description", change.description(), style);
        }
        return proposal(facts, change.proposal(), style);
    }

    private static Facts proposal(Facts facts, @Nullable Proposal proposal, Style style) {
        if (proposal instanceof Proposal.Patch patch) {
            return facts.block("Replace", patch.oldString(), style).block("with", patch.newString(), style);
        }
        if (proposal instanceof Proposal.Append append) {
            return facts.block("Append", append.content(), style);
        }
        if (proposal instanceof Proposal.FullReplace replacement) {
            return facts.block("Replace all by", replacement.content(), style);
        }
        if (proposal instanceof Proposal.JsonMerge merge) {
            return facts.block("Merge", JsonText.indented(merge.data()), style);
        }
        return facts;
    }
}
