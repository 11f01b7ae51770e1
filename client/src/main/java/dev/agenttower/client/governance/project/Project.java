package dev.agenttower.client.governance.project;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.governance.policy.PolicyFileProblem;
import java.util.List;

/**
 * A governed project.
 *
 * @param registeredAt in UTC, or empty in an answer to its registration
 * @param problems its unusable policy files
 * @param created the files created by {@link dev.agenttower.client.GovernanceClient#initProject}; empty otherwise
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
