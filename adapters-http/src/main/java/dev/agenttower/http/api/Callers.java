package dev.agenttower.http.api;

import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.role.Identity;
import dev.agenttower.core.governance.role.RoleClaim;
import dev.agenttower.http.route.Call;
import org.jspecify.annotations.Nullable;

/** Asks a project whom it takes a caller for. */
final class Callers {
    private Callers() {}

    /**
     * The identity of a caller that names itself.
     *
     * @throws dev.agenttower.core.failure.RefusedException FORBIDDEN, if it names a role that its session does not have, or a reserved
     *     agent
     */
    static Identity identity(Call call, GovernedProject project, String agent, @Nullable String role) {
        return project.roles().resolve(new RoleClaim(agent, role, call.caller().lineage()));
    }

    /** Refuses a caller whose body names a role that its session does not have; a body that names none is left to its use case. */
    static void check(Call call, GovernedProject project, String agentKey, String roleKey) {
        if (call.body().get(roleKey) instanceof String role && !role.isBlank()) {
            String agent = call.body().get(agentKey) instanceof String text && !text.isEmpty() ? text : "AGENT";
            identity(call, project, agent, role);
        }
    }
}
