package dev.agenttower.http.api;

import dev.agenttower.core.governance.RecordTimestamps;
import dev.agenttower.core.governance.policy.Policy;
import dev.agenttower.core.governance.policy.PolicyProblem;
import dev.agenttower.core.governance.policy.ProtectedPaths;
import dev.agenttower.core.governance.policy.RoleRule;
import dev.agenttower.core.governance.policy.SpecRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer of {@code GET /api/dttp/policy}. */
record PolicyView(
        Map<String, SpecView> specs,
        Map<String, JurisdictionView> jurisdictions,
        String lastReload,
        ProtectedView protectedPaths,
        List<PolicyProblem> problems) {
    static PolicyView of(Policy policy) {
        Map<String, SpecView> specs = new LinkedHashMap<>();
        policy.specs().forEach((id, spec) -> specs.put(id, SpecView.of(spec)));
        Map<String, JurisdictionView> jurisdictions = new LinkedHashMap<>();
        policy.roles().forEach((role, rule) -> jurisdictions.put(role, JurisdictionView.of(rule)));
        return new PolicyView(
                specs,
                jurisdictions,
                RecordTimestamps.iso(policy.loadedAt()).replace("Z", "+00:00"),
                ProtectedView.of(policy),
                policy.problems());
    }

    record SpecView(String title, String status, List<String> roles, List<String> actionTypes, List<String> paths) {
        static SpecView of(SpecRule spec) {
            return new SpecView(
                    spec.title(),
                    spec.status(),
                    List.copyOf(spec.roles()),
                    List.copyOf(spec.actionTypes()),
                    spec.paths().written());
        }
    }

    record JurisdictionView(List<String> paths, List<String> actionTypes, boolean locked) {
        static JurisdictionView of(RoleRule rule) {
            return new JurisdictionView(rule.paths().written(), rule.actionTypes(), rule.locked());
        }
    }

    record ProtectedView(List<String> sovereign, List<String> constitutional) {
        static ProtectedView of(Policy policy) {
            return new ProtectedView(
                    policy.protectedPaths().sovereign(),
                    policy.isFramework() ? ProtectedPaths.CONSTITUTIONAL : List.of());
        }
    }
}
