package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentLookup;
import dev.agenttower.core.agent.AgentRules;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filter of the agent list; its parts are read in the order of their checks. */
record AgentListParams(AgentFilter filter) {
    static final Set<String> KNOWN = Set.of("role", "container_id", "active_only", "parent_agent_id");

    private static final Pattern CONTAINER = Pattern.compile("[0-9a-f]{12}|[0-9a-f]{64}");

    static AgentListParams read(LegacyParams params, AgentLookup lookup) {
        List<Role> roles = roles(params.get("role"));
        String container = container(params.get("container_id"));
        boolean activeOnly = params.flag("active_only", ErrorCode.VALUE_OUT_OF_SET);
        AgentId parent = parent(params.get("parent_agent_id"), lookup);
        return new AgentListParams(new AgentFilter(roles, container, activeOnly, parent));
    }

    /** The filter in the form that the answer repeats. */
    ObjectNode echo() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (filter.roles().isEmpty()) {
            node.putNull("role");
        } else {
            ArrayNode roles = node.putArray("role");
            filter.roles().forEach(role -> roles.add(role.wire()));
        }
        node.put("container_id", filter.containerId());
        node.put("active_only", filter.activeOnly());
        node.put(
                "parent_agent_id",
                filter.parent() == null ? null : filter.parent().value());
        return node;
    }

    private static List<Role> roles(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return List.of();
        }
        List<Role> roles = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(each -> roles.add(AgentRules.role(AgentMethods.textInSet("role", each))));
        } else {
            roles.add(AgentRules.role(AgentMethods.textInSet("role", value)));
        }
        return roles;
    }

    private static @Nullable String container(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        String container = AgentMethods.textInSet("container_id", value);
        if (!CONTAINER.matcher(container).matches()) {
            throw new RefusedException(
                    ErrorCode.VALUE_OUT_OF_SET, "params.container_id must be 12 or 64 lower-case hex digits");
        }
        return container;
    }

    private static @Nullable AgentId parent(@Nullable JsonNode value, AgentLookup lookup) {
        return value == null || value.isNull() ? null : lookup.id(AgentMethods.textInSet("parent_agent_id", value));
    }
}
