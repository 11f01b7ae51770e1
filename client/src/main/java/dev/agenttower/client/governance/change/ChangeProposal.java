package dev.agenttower.client.governance.change;

import static java.util.Objects.requireNonNull;

import dev.agenttower.client.governance.role.Actor;
import org.jspecify.annotations.Nullable;

/**
 * A change of a sovereign file that is to be put before a human.
 *
 * @param by who proposes it
 * @param targetPath the file, relative to the project's root
 * @param description why
 * @param specRef the spec it belongs to, or null
 * @param intentId the intent it serves, or null
 */
public record ChangeProposal(
        Actor by,
        String targetPath,
        Proposal proposal,
        String description,
        @Nullable String specRef,
        @Nullable String intentId) {
    /** Checks that what must be there is there. */
    public ChangeProposal {
        requireNonNull(by, "by");
        requireNonNull(targetPath, "targetPath");
        requireNonNull(proposal, "proposal");
        requireNonNull(description, "description");
    }

    /** A proposal that belongs to no spec and serves no intent. */
    public static ChangeProposal of(Actor by, String targetPath, Proposal proposal, String description) {
        return new ChangeProposal(by, targetPath, proposal, description, null, null);
    }
}
