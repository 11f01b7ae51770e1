package dev.agenttower.socket.server.wire;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.agent.state.AgentStatus;
import dev.agenttower.core.agent.state.Evidence;
import dev.agenttower.core.governance.registry.AgentRoles.AgentRole;
import dev.agenttower.core.governance.role.GovernedSession;
import dev.agenttower.core.time.Timestamps;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of agents besides what is stored of them, as fields of their rows: {@code state}, {@code state_since}, {@code state_detail},
 * {@code state_evidence}, and {@code governance_project}, {@code governance_role}, {@code governance_spec}, {@code governance_session}. Thread-safe.
 */
public final class AgentFields {
    private final AgentStates states;
    private final Supplier<Map<AgentId, AgentRole>> roles;

    /**
     * Fields of agents.
     *
     * @param states what agents do
     * @param roles the roles of those that have one in a governed project; asked once for each answer
     */
    public AgentFields(AgentStates states, Supplier<Map<AgentId, AgentRole>> roles) {
        this.states = requireNonNull(states, "states");
        this.roles = requireNonNull(roles, "roles");
    }

    /** The fields as they are now, for the rows of one answer. */
    public Now now() {
        return new Now(roles.get());
    }

    /** The fields for the rows of one answer. */
    public final class Now {
        private final Map<AgentId, AgentRole> known;

        private Now(Map<AgentId, AgentRole> known) {
            this.known = known;
        }

        /**
         * Adds the fields; an agent whose pane is gone has ended and has no role.
         *
         * @return the row
         */
        public ObjectNode put(ObjectNode row, AgentId agent, boolean isActive) {
            AgentStatus status =
                    isActive ? states.of(agent) : new AgentStatus(AgentState.ENDED, null, "", Evidence.SCREEN);
            @Nullable Instant since = status.since();
            @Nullable Evidence evidence = status.evidence();
            @Nullable AgentRole role = isActive ? known.get(agent) : null;
            @Nullable GovernedSession session = role == null ? null : role.session();
            return row.put("state", status.state().wire())
                    .put("state_since", since == null ? null : Timestamps.micros(since))
                    .put("state_detail", status.detail())
                    .put("state_evidence", evidence == null ? null : evidence.wire())
                    .put("governance_project", role == null ? null : role.project())
                    .put("governance_role", session == null ? null : session.role())
                    .put("governance_spec", session == null ? null : session.specId())
                    .put("governance_session", session == null ? null : session.id());
        }
    }
}
