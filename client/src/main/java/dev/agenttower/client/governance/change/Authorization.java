package dev.agenttower.client.governance.change;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A human's word that a change is to be made.
 *
 * @param id the change request
 * @param expectedSha256 the file's hash that the human saw; null to authorize whatever the file is now
 * @param expectedResultSha256 the result's hash that the human saw; null to go without
 * @param edited what is to be done instead of what was proposed, of the same type; null for the proposal as it is
 */
public record Authorization(
        String id,
        @Nullable String expectedSha256,
        @Nullable String expectedResultSha256,
        @Nullable Proposal edited) {
    /** Checks that there is an id. */
    public Authorization {
        requireNonNull(id, "id");
    }

    /** Authorizes exactly what a preview showed: another file or another result is refused as a conflict. */
    public static Authorization ofSeen(ChangePreview seen) {
        return new Authorization(seen.id(), seen.currentSha256(), seen.resultSha256(), null);
    }

    /** The same word about an edited proposal. */
    public Authorization with(@Nullable Proposal newProposal) {
        return new Authorization(id, expectedSha256, expectedResultSha256, newProposal);
    }
}
