package dev.agenttower.client.governance.policy;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.governance.role.Actor;
import org.jspecify.annotations.Nullable;

/**
 * An action that the policy is asked about.
 *
 * @param by who wants to act
 * @param specId the spec that it belongs to
 * @param action such as {@code edit}, {@code patch}, {@code delete}, {@code git_commit}
 * @param params such as {@code file}; an object
 * @param rationale why; not blank
 * @param isDryRun whether nothing is to be done but to decide
 * @param sessionId the session of the agent, or null
 */
public record ProposedAction(
        Actor by,
        String specId,
        String action,
        JsonNode params,
        String rationale,
        boolean isDryRun,
        @Nullable String sessionId) {
    /** Checks that nothing is missing. */
    public ProposedAction {
        requireNonNull(by, "by");
        requireNonNull(specId, "specId");
        requireNonNull(action, "action");
        requireNonNull(rationale, "rationale");
        if (!params.isObject()) {
            throw new IllegalArgumentException("params must be an object");
        }
    }
}
