package dev.agenttower.client.governance.project;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.governance.policy.PolicyFileProblem;
import java.util.List;

/**
 * A governed project.
 *
 * @param registeredAt in UTC, or empty in an answer to its registration
 * @param problems its policy files that cannot be used
 * @param created the files that {@link dev.agenttower.client.GovernanceClient#initProject} has made; empty otherwise
 */
public record Project(
        String name,
        String path,
        String status,
        String registeredAt,
        int specs,
        int tasks,
        long events,
        List<PolicyFileProblem> problems,
        List<String> created,
        JsonNode json) {
    /** Copies the lists. */
    public Project {
        problems = List.copyOf(problems);
        created = List.copyOf(created);
    }
}
