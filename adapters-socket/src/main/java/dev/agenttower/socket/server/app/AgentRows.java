package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.socket.server.wire.AgentFields;
import java.util.function.Function;

/** Rows of agents: what is stored of them, and what they do at present. */
final class AgentRows {
    private final AgentFields fields;

    AgentRows(AgentFields fields) {
        this.fields = fields;
    }

    /** Makes the rows of one page. */
    Function<AgentView, ObjectNode> page() {
        AgentFields.Now now = fields.now();
        return view -> row(view, view.paneActive(), now);
    }

    ObjectNode row(AgentView view) {
        return row(view, view.paneActive());
    }

    /** The row of an agent of which it is known whether its pane lives. */
    ObjectNode row(AgentView view, boolean isPaneActive) {
        return row(view, isPaneActive, fields.now());
    }

    private static ObjectNode row(AgentView view, boolean isPaneActive, AgentFields.Now now) {
        ObjectNode row = ListMethod.row(AgentView.LIST, view).put("pane_active", isPaneActive);
        return now.put(row, new AgentId(view.agentId()), isPaneActive);
    }
}
