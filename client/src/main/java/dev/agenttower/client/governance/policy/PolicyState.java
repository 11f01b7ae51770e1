package dev.agenttower.client.governance.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The state of a project's policy.
 *
 * @param isLoaded whether there are specs
 * @param requests the number of requested decisions since the daemon started
 * @param denials the number of denials among them
 */
public record PolicyState(
        String project,
        String enforcementMode,
        boolean isLoaded,
        int specs,
        int jurisdictions,
        long requests,
        long denials,
        List<PolicyFileProblem> problems,
        JsonNode json) {
    /** Copies the problems. */
    public PolicyState {
        problems = List.copyOf(problems);
    }
}
