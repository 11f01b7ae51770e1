package dev.agenttower.panel.governance;

import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.panel.page.Ages;
import dev.agenttower.panel.page.Shown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change as a person sees it before deciding. All texts of agents are made visible; the templates escape them.
 *
 * @param project the name of its project
 * @param id its id
 * @param path the address of its page
 * @param age how long ago it was proposed, in words
 * @param problem why it does not apply, or null
 * @param currentSha256 the hash of the file that the diff starts from; empty if there is no file
 * @param resultSha256 the hash of what would be written; empty if it does not apply
 * @param keys the keys that a JSON merge adds or changes
 * @param isEditable whether the proposal can be edited in a form
 */
public record ChangeCard(
        String project,
        String id,
        String path,
        String status,
        String targetPath,
        String changeType,
        String submittedAt,
        String age,
        String agent,
        String role,
        String description,
        @Nullable String problem,
        boolean changedSinceSubmission,
        String currentSha256,
        String resultSha256,
        DiffText diff,
        List<MergedKey> keys,
        boolean isEditable) {
    /** Copies the keys. */
    public ChangeCard {
        keys = List.copyOf(keys);
    }

    static ChangeCard of(String project, SovereignChange change, ChangePreview preview, Instant now) {
        @Nullable String problem = preview.problem();
        @Nullable String current = preview.currentSha256();
        @Nullable String result = preview.resultSha256();
        return new ChangeCard(
                project,
                change.id(),
                "/governance/" + Shown.segment(project) + "/" + Shown.segment(change.id()),
                Shown.line(change.status()),
                Shown.line(change.targetPath()),
                Shown.line(change.changeType()),
                Shown.line(change.submittedAt()),
                Ages.since(change.submittedAt(), now),
                Shown.line(change.agent()),
                Shown.line(change.role()),
                Shown.lines(change.description()),
                preview.wouldApply() ? null : problem == null ? "no reason is known" : Shown.line(problem),
                preview.changedSinceSubmission(),
                current == null ? "" : current,
                result == null ? "" : result,
                DiffText.of(preview.diff()),
                change.proposal() instanceof Proposal.JsonMerge merge ? MergedKey.of(merge.data(), preview) : List.of(),
                EditedProposal.of(change.proposal()).isPresent());
    }

    /** Whether the human may authorize what is shown: it waits, applies, changes something, and is shown to its end. */
    public boolean canBeAuthorized() {
        return isPending() && problem == null && !diff.isCut();
    }

    /** Whether it waits for a decision. */
    public boolean isPending() {
        return status.equals("pending");
    }

    /** The beginning of the hash of the result. */
    public String shortResult() {
        return Shown.hash(resultSha256);
    }
}
