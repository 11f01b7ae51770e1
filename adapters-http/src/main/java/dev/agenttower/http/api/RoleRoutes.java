package dev.agenttower.http.api;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.policy.PolicyConflict;
import dev.agenttower.core.governance.policy.RoleView;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Roles, enforcement and policy conflicts: {@code /api/governance/roles} and its siblings. */
public final class RoleRoutes {
    private static final String REFUSED = "Only humans can change the governance configuration";

    private final Selection selection;
    private final HumansOnly humans;

    /** Routes over these projects. */
    public RoleRoutes(Selection selection, HumansOnly humans) {
        this.selection = selection;
        this.humans = humans;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/api/governance/roles", selection.inProject(this::roles)),
                Route.of(
                        "PUT",
                        "/api/governance/roles/{role}",
                        humans.before(REFUSED, selection.inProject(this::changeRole))),
                Route.of(
                        "PUT",
                        "/api/governance/specs/{spec}/roles",
                        humans.before(REFUSED, selection.inProject(this::changeSpec))),
                Route.of("GET", "/api/governance/enforcement", selection.inProject(this::enforcement)),
                Route.of("GET", "/api/governance/conflicts", selection.inProject(this::conflicts)));
    }

    private Answer roles(Call call, GovernedProject project) {
        Map<String, Object> roles = new LinkedHashMap<>();
        for (RoleView role : project.policyReview().roles()) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("paths", role.paths());
            view.put("action_types", role.actionTypes());
            view.put("specs", role.specs());
            view.put("locked", role.locked());
            roles.put(role.name(), view);
        }
        return Answer.ok(Map.of("roles", roles));
    }

    private Answer changeRole(Call call, GovernedProject project) {
        requireBody(call);
        String role = call.variable("role");
        String eventId = project.policyEditing().changeRole(role, call.body());
        return Answer.ok(Map.of("status", "success", "role", role, "event_id", eventId));
    }

    private Answer changeSpec(Call call, GovernedProject project) {
        requireBody(call);
        String spec = call.variable("spec");
        String eventId = project.policyEditing().changeSpec(spec, call.body());
        return Answer.ok(Map.of("status", "success", "spec_id", spec, "event_id", eventId));
    }

    private Answer enforcement(Call call, GovernedProject project) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("mode", project.policy().settings().enforcementMode());
        view.put("status", "active");
        view.put("protected_paths", PolicyView.ProtectedView.of(project.policy()));
        view.put(
                "recent_denials",
                project.policyReview().recentDenials().stream()
                        .map(LedgerEvent::view)
                        .toList());
        return Answer.ok(view);
    }

    private Answer conflicts(Call call, GovernedProject project) {
        return Answer.ok(Map.of(
                "conflicts",
                project.policyReview().conflicts().stream()
                        .map(RoleRoutes::view)
                        .toList()));
    }

    private static Map<String, String> view(PolicyConflict conflict) {
        Map<String, String> view = new LinkedHashMap<>();
        view.put("type", conflict.type());
        view.put("role", conflict.role());
        if (conflict.path() != null) {
            view.put("path", conflict.path());
        }
        if (conflict.specId() != null) {
            view.put("spec_id", conflict.specId());
        }
        view.put("message", conflict.message());
        return view;
    }

    private static void requireBody(Call call) {
        if (!call.hasBody()) {
            throw RefusedException.invalid("No JSON body");
        }
    }
}
