package dev.agenttower.socket.server.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.agent.state.AgentStatus;
import dev.agenttower.core.agent.state.Evidence;
import dev.agenttower.core.time.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of an agent as fields of its row: {@code state}, {@code state_since}, {@code state_detail}, {@code state_evidence}. */
public final class AgentStateFields {
    private AgentStateFields() {}

    /**
     * Adds the fields; an agent whose pane is gone has ended.
     *
     * @return the row
     */
    public static ObjectNode put(ObjectNode row, AgentStates states, AgentId agent, boolean isActive) {
        AgentStatus status = isActive ? states.of(agent) : new AgentStatus(AgentState.ENDED, null, "", Evidence.SCREEN);
        @Nullable Instant since = status.since();
        @Nullable Evidence evidence = status.evidence();
        return row.put("state", status.state().wire())
                .put("state_since", since == null ? null : Timestamps.micros(since))
                .put("state_detail", status.detail())
                .put("state_evidence", evidence == null ? null : evidence.wire());
    }
}
