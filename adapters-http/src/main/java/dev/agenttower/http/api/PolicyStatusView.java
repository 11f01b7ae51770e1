package dev.agenttower.http.api;

import dev.agenttower.core.governance.policy.Policy;
import dev.agenttower.core.governance.policy.PolicyProblem;
import dev.agenttower.core.governance.registry.GovernedProject;
import java.util.List;

/** The answer of {@code GET /api/dttp/status}. */
record PolicyStatusView(
        String service,
        String version,
        String mode,
        String enforcementMode,
        String project,
        long uptimeSeconds,
        boolean policyLoaded,
        int specsCount,
        int jurisdictionsCount,
        long totalRequests,
        long totalDenials,
        List<PolicyProblem> problems) {
    private static final String SERVICE = "dttp";
    private static final String VERSION = "0.1.0";

    static PolicyStatusView of(GovernedProject project, long uptimeSeconds) {
        Policy policy = project.policy();
        return new PolicyStatusView(
                SERVICE,
                VERSION,
                policy.settings().mode(),
                policy.settings().enforcementMode(),
                project.name(),
                uptimeSeconds,
                !policy.specs().isEmpty(),
                policy.specs().size(),
                policy.roles().size(),
                project.actions().total(),
                project.actions().denied(),
                policy.problems());
    }
}
