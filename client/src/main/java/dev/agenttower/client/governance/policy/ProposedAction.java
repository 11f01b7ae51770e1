package dev.agenttower.client.governance.policy;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.governance.role.Actor;
import org.jspecify.annotations.Nullable;

/**
 * An action for the policy to decide.
 *
 * @param by the actor
 * @param specId the spec that the action belongs to
 * @param action such as {@code edit}, {@code patch}, {@code delete}, {@code git_commit}
 * @param params such as {@code file}; an object
 * @param rationale the reason; not blank
 * @param isDryRun whether to decide only, without executing
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
    /** Checks that required parts are not null. */
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
