package dev.agenttower.http.api;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.hook.HookedAgents;
import dev.agenttower.core.governance.ledger.ReservedEvents;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.role.Identity;
import dev.agenttower.core.governance.role.RoleClaim;
import dev.agenttower.http.route.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Determines the identity of a caller in a project. A caller below a session has its agent and role; one in the pane of an agent of the tower has
 * the name of that agent; else it is whom it says it is. Thread-safe.
 */
public final class Callers {
    private final HostGate host;
    private final HookedAgents agents;

    /** Identities by the agents of the host. */
    public Callers(HostGate host, HookedAgents agents) {
        this.host = requireNonNull(host, "host");
        this.agents = requireNonNull(agents, "agents");
    }

    /**
     * The identity of a caller that states an agent and a role.
     *
     * @throws dev.agenttower.core.failure.RefusedException FORBIDDEN, if the role is not that of the caller's session, or the agent is
     *     reserved
     */
    Identity identity(Call call, GovernedProject project, String agent, @Nullable String role) {
        return project.roles()
                .resolve(new RoleClaim(name(call, agent), role, call.caller().lineage()));
    }

    /** The name of the tower's agent that a caller is, else the one that it states, which is checked where it is used. */
    String name(Call call, String stated) {
        try {
            return host.isOnHost(call.caller().peer()) && !ReservedEvents.isAgent(stated)
                    ? agents.nameOf(call.caller().lineage()).orElse(stated)
                    : stated;
        } catch (StorageException e) {
            return stated; // what is asked for must not fail because the list of agents does
        }
    }

    /** The agent of the tower in whose pane a caller on the host runs. */
    Optional<Agent> agent(Call call) {
        return host.isOnHost(call.caller().peer())
                ? HookedAgents.inPane(agents.onHost(), call.caller().lineage())
                : Optional.empty();
    }

    /** The body of a call with the name of the tower's agent that the caller is, if it states any name. */
    Map<String, @Nullable Object> named(Call call, String agentKey) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>(call.body());
        if (named.get(agentKey) instanceof String text && !text.isEmpty()) {
            named.put(agentKey, name(call, text));
        }
        return named;
    }

    /**
     * The body of a call with the name that the caller has in records. Refuses a caller whose body states a role other than that of its session; a
     * body without an agent or a role is left to the use case.
     */
    Map<String, @Nullable Object> body(Call call, GovernedProject project, String agentKey, String roleKey) {
        Map<String, @Nullable Object> body = call.body();
        if (!(body.get(roleKey) instanceof String role) || role.isBlank()) {
            return body;
        }
        String stated = body.get(agentKey) instanceof String text ? text : "";
        Identity identity = identity(call, project, stated.isEmpty() ? "AGENT" : stated, role);
        if (stated.isEmpty()) {
            return body;
        }
        Map<String, @Nullable Object> named = new LinkedHashMap<>(body);
        named.put(agentKey, identity.agent());
        return named;
    }
}
