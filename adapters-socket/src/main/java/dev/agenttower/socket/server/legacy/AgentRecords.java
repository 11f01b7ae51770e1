package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.AgentProfile;
import dev.agenttower.core.agent.AgentRemoval;
import dev.agenttower.socket.server.wire.JsonText;
import java.util.List;

/** Agents and their changes, in the form of the older methods. The permissions of agents are stored as JSON and sent unchanged. */
final class AgentRecords {
    private final JsonText json;

    AgentRecords(JsonText json) {
        this.json = json;
    }

    ArrayNode agents(List<AgentListing> listings) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        listings.forEach(listing -> nodes.add(agent(listing)));
        return nodes;
    }

    ObjectNode agent(AgentListing listing) {
        Agent agent = listing.agent();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("agent_id", agent.id().value());
        node.put("container_id", agent.pane().container().value());
        node.put("container_name", listing.containerName());
        node.put("container_user", listing.containerUser());
        node.put("tmux_socket_path", agent.pane().socketPath());
        node.put("tmux_session_name", agent.pane().sessionName());
        node.put("tmux_window_index", agent.pane().windowIndex());
        node.put("tmux_pane_index", agent.pane().paneIndex());
        node.put("tmux_pane_id", agent.pane().paneId());
        node.put("pane_pid", listing.panePid());
        node.put("cwd", listing.cwd());
        node.put("role", agent.role().wire());
        node.put("capability", agent.capability().wire());
        node.put("label", agent.label());
        node.put("project_path", agent.projectPath());
        node.put(
                "parent_agent_id",
                agent.parent() == null ? null : agent.parent().value());
        node.set("effective_permissions", json.value(agent.permissionsJson()));
        node.put("created_at", agent.createdAt());
        node.put("last_registered_at", agent.lastRegisteredAt());
        node.put("last_seen_at", agent.lastSeenAt());
        node.put("active", agent.active());
        return node;
    }

    ObjectNode removed(AgentRemoval.Removed removed) {
        return agent(removed.agent()).put("canceled_messages", removed.canceledMessages());
    }

    ObjectNode roleChange(AgentId id, AgentProfile.Change change) {
        ObjectNode node = open(id, "role", change);
        node.set("effective_permissions", json.value(change.permissionsJson()));
        return node.put("audit_appended", change.audited());
    }

    ObjectNode change(AgentId id, String field, AgentProfile.Change change) {
        return open(id, field, change).put("audit_appended", change.audited());
    }

    private static ObjectNode open(AgentId id, String field, AgentProfile.Change change) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("agent_id", id.value())
                .put("field", field)
                .put("prior_value", change.prior())
                .put("new_value", change.current());
    }
}
