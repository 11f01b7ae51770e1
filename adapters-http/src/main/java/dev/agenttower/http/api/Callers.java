package dev.agenttower.http.api;

import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.role.Identity;
import dev.agenttower.core.governance.role.RoleClaim;
import dev.agenttower.http.route.Call;
import org.jspecify.annotations.Nullable;

/** Determines the identity of a caller in a project. */
final class Callers {
    private Callers() {}

    /**
     * The identity of a caller that states an agent and a role.
     *
     * @throws dev.agenttower.core.failure.RefusedException FORBIDDEN, if the role is not that of the caller's session, or the agent is
     *     reserved
     */
    static Identity identity(Call call, GovernedProject project, String agent, @Nullable String role) {
        return project.roles().resolve(new RoleClaim(agent, role, call.caller().lineage()));
    }

    /** Refuses a caller whose body states a role other than that of its session; a body without one is left to the use case. */
    static void check(Call call, GovernedProject project, String agentKey, String roleKey) {
        if (call.body().get(roleKey) instanceof String role && !role.isBlank()) {
            String agent = call.body().get(agentKey) instanceof String text && !text.isEmpty() ? text : "AGENT";
            identity(call, project, agent, role);
        }
    }
}
