package dev.agenttower.client.governance.change;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A human's authorization of a change.
 *
 * @param id the change request
 * @param expectedSha256 the file's hash that the human saw; null to authorize for any state of the file
 * @param expectedResultSha256 the result's hash that the human saw; null for any result
 * @param edited an edited proposal of the same type to apply instead; null for the original proposal
 */
public record Authorization(
        String id,
        @Nullable String expectedSha256,
        @Nullable String expectedResultSha256,
        @Nullable Proposal edited) {
    /** Checks that an id is given. */
    public Authorization {
        requireNonNull(id, "id");
    }

    /** Authorizes exactly the previewed change: another file state or result is refused as a conflict. */
    public static Authorization ofSeen(ChangePreview seen) {
        return new Authorization(seen.id(), seen.currentSha256(), seen.resultSha256(), null);
    }

    /** The same authorization for an edited proposal. */
    public Authorization with(@Nullable Proposal newProposal) {
        return new Authorization(id, expectedSha256, expectedResultSha256, newProposal);
    }
}
