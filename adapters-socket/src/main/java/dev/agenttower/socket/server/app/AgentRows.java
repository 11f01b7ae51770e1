package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.socket.server.wire.AgentStateFields;

/** Rows of agents: what is stored of them, and what they do at present. */
final class AgentRows {
    private final AgentStates states;

    AgentRows(AgentStates states) {
        this.states = states;
    }

    ObjectNode row(AgentView view) {
        return row(view, view.paneActive());
    }

    /** The row of an agent of which it is known whether its pane lives. */
    ObjectNode row(AgentView view, boolean isPaneActive) {
        ObjectNode row = ListMethod.row(AgentView.LIST, view).put("pane_active", isPaneActive);
        return AgentStateFields.put(row, states, new AgentId(view.agentId()), isPaneActive);
    }
}
