package dev.agenttower.sqlite.directory;

import dev.agenttower.core.agent.Role;
import dev.agenttower.core.directory.AgentCriteria;
import dev.agenttower.core.directory.AgentOrder;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.sqlite.agent.SqliteAgentStore;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.directory.Keyset.Column;
import dev.agenttower.sqlite.pane.PaneRows;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The agents, as they are listed. */
final class AgentPages extends Pages<AgentView, AgentCriteria, AgentOrder> {
    // Letter for letter the expression of two indexes in indexes.sql, which are of no use otherwise.
    private static final String PRIORITY_SQL =
            "CASE a.role WHEN 'master' THEN 1 WHEN 'slave' THEN 2 WHEN 'swarm' THEN 3 WHEN 'test-runner' THEN 4"
                    + " WHEN 'shell' THEN 5 WHEN 'unknown' THEN 6 ELSE 99 END";
    private static final long PRIORITY_OF_OTHERS = 99;
    private static final String HAS_LOG =
            "EXISTS (SELECT 1 FROM log_attachments AS l WHERE l.agent_id = a.agent_id AND l.status = 'active')";

    private static final Column PRIORITY = Column.number(PRIORITY_SQL);
    private static final Column CREATED = Column.text("a.created_at");
    private static final Column ID = Column.text("a.agent_id");

    private static final Keyset<AgentView> BY_PRIORITY_AND_TIME = new Keyset<>(
            List.of(PRIORITY, CREATED, ID),
            agent -> List.of((long) agent.rolePriority(), agent.registeredAt(), agent.agentId()));
    private static final Keyset<AgentView> BY_TIME =
            new Keyset<>(List.of(CREATED, ID), agent -> List.of(agent.registeredAt(), agent.agentId()));
    private static final Keyset<AgentView> BY_PRIORITY =
            new Keyset<>(List.of(PRIORITY, ID), agent -> List.of((long) agent.rolePriority(), agent.agentId()));

    @Override
    String select() {
        return "SELECT a.agent_id, a.role, " + PRIORITY_SQL + ", a.capability, a.label, a.project_path,"
                + " a.parent_agent_id, a.container_id, a.tmux_pane_id, a.created_at, " + HAS_LOG
                + ", EXISTS (SELECT 1 FROM panes AS p WHERE " + PaneRows.sameKey("p", "a")
                + " AND p.active = 1) FROM agents AS a";
    }

    @Override
    RowMapper<AgentView> mapper() {
        return (row, context) -> new AgentView(
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getBoolean(11),
                row.getBoolean(12));
    }

    @Override
    Keyset<AgentView> keyset(AgentOrder order) {
        return switch (order) {
            case DEFAULT -> BY_PRIORITY_AND_TIME;
            case REGISTERED_AT -> BY_TIME;
            case ROLE -> BY_PRIORITY;
        };
    }

    @Override
    Conditions conditions(AgentCriteria filter) {
        Conditions conditions = new Conditions();
        if (filter.role() != null) {
            conditions.and("a.role = ?", filter.role());
        }
        if (filter.capability() != null) {
            conditions.and("a.capability = ?", filter.capability());
        }
        if (filter.containerId() != null) {
            SqliteAgentStore.withContainer(conditions, filter.containerId());
        }
        if (filter.logAttached() != null) {
            conditions.and((filter.logAttached() ? "" : "NOT ") + HAS_LOG);
        }
        return conditions;
    }

    @Override
    @Nullable Object leadingValue(AgentCriteria filter) {
        return filter.role() == null
                ? null
                : Role.parse(filter.role()).map(role -> (long) role.priority()).orElse(PRIORITY_OF_OTHERS);
    }

    @Override
    long count(Handle handle, AgentCriteria filter) {
        Conditions conditions = conditions(filter);
        return number(handle, "SELECT COUNT(*) FROM agents AS a" + conditions.where(), conditions.values());
    }
}
