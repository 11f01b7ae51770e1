package dev.agenttower.client.governance.change;

import static java.util.Objects.requireNonNull;

import dev.agenttower.client.governance.role.Actor;
import org.jspecify.annotations.Nullable;

/**
 * A proposed change of a sovereign file, for a human's decision.
 *
 * @param by the author
 * @param targetPath the file, relative to the project's root
 * @param description the reason
 * @param specRef the related spec, or null
 * @param intentId the related intent, or null
 */
public record ChangeProposal(
        Actor by,
        String targetPath,
        Proposal proposal,
        String description,
        @Nullable String specRef,
        @Nullable String intentId) {
    /** Checks that required parts are not null. */
    public ChangeProposal {
        requireNonNull(by, "by");
        requireNonNull(targetPath, "targetPath");
        requireNonNull(proposal, "proposal");
        requireNonNull(description, "description");
    }

    /** A proposal without spec and intent. */
    public static ChangeProposal of(Actor by, String targetPath, Proposal proposal, String description) {
        return new ChangeProposal(by, targetPath, proposal, description, null, null);
    }
}
