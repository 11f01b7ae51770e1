package dev.agenttower.sqlite.directory;

import dev.agenttower.core.agent.Role;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.sqlite.agent.SqliteAgentStore;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.pane.PaneRows;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list of agents. */
final class AgentPages extends Pages<AgentView> {
    // Must equal the expression of two indexes in indexes.sql, which are not used otherwise.
    private static final String PRIORITY =
            "CASE a.role WHEN 'master' THEN 1 WHEN 'slave' THEN 2 WHEN 'swarm' THEN 3 WHEN 'test-runner' THEN 4"
                    + " WHEN 'shell' THEN 5 WHEN 'unknown' THEN 6 ELSE 99 END";
    private static final long PRIORITY_OF_OTHERS = 99;

    AgentPages() {
        super(
                AgentView.LIST,
                "agents AS a",
                Map.ofEntries(
                        Map.entry("agent_id", "a.agent_id"),
                        Map.entry("role", "a.role"),
                        Map.entry("role_priority", PRIORITY),
                        Map.entry("capability", "a.capability"),
                        Map.entry("label", "a.label"),
                        Map.entry("project_path", "a.project_path"),
                        Map.entry("parent_agent_id", "a.parent_agent_id"),
                        Map.entry("container_id", "a.container_id"),
                        Map.entry("pane_id", "a.tmux_pane_id"),
                        Map.entry("registered_at", "a.created_at"),
                        Map.entry(
                                "log_attached",
                                "EXISTS (SELECT 1 FROM log_attachments AS l WHERE l.agent_id = a.agent_id"
                                        + " AND l.status = 'active')"),
                        Map.entry(
                                "pane_active",
                                "EXISTS (SELECT 1 FROM panes AS p WHERE " + PaneRows.sameKey("p", "a")
                                        + " AND p.active = 1)")));
    }

    @Override
    void addCondition(Conditions conditions, String filter, Object container) {
        SqliteAgentStore.withContainer(conditions, (String) container);
    }

    @Override
    @Nullable Object leadingValue(Map<String, Object> filters) {
        return filters.get("role") instanceof String role
                ? Role.parse(role).map(known -> (long) known.priority()).orElse(PRIORITY_OF_OTHERS)
                : null;
    }
}
