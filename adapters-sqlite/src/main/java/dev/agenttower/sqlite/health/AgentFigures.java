package dev.agenttower.sqlite.health;

import static dev.agenttower.sqlite.database.Tables.orIfMissing;

import dev.agenttower.core.agent.Role;
import dev.agenttower.core.health.DashboardFigures.Agents;
import dev.agenttower.core.health.DashboardFigures.LogAttachments;
import dev.agenttower.sqlite.database.Tables;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The dashboard's figures on agents and on the recording of their panes. */
final class AgentFigures {
    private static final Agents NO_AGENTS = new Agents(0, 0, 0, 0);
    private static final String IS_PARTIAL =
            "(a.role = 'unknown' OR a.capability = 'unknown' OR a.label IN ('', 'unknown'))";
    private static final String AGENTS = """
            SELECT COUNT(*) AS total, COUNT(CASE WHEN %1$s THEN 1 END) AS partial,
                COUNT(CASE WHEN NOT %1$s AND a.active = 1 AND c.active = 1 THEN 1 END) AS active
            FROM agents AS a LEFT JOIN containers AS c ON c.container_id = a.container_id""".formatted(IS_PARTIAL);
    private static final String WITH_LOG = """
            SELECT COUNT(*) FROM (SELECT DISTINCT agent_id FROM log_attachments WHERE status = 'active') AS l
            CROSS JOIN agents AS a ON a.agent_id = l.agent_id""";
    private static final String ATTACHMENTS = """
            SELECT (SELECT COUNT(*) FROM log_attachments WHERE status = 'active') AS active,
                (SELECT COUNT(*) FROM log_attachments WHERE status = 'stale') AS stale""";

    private final Handle handle;

    AgentFigures(Handle handle) {
        this.handle = handle;
    }

    Agents agents() {
        Agents agents = orIfMissing(
                handle,
                NO_AGENTS,
                () -> handle.select(AGENTS)
                        .map((row, context) ->
                                new Agents(row.getLong("total"), row.getLong("partial"), row.getLong("active"), 0))
                        .one(),
                "agents",
                "containers");
        long withLog = orIfMissing(handle, 0L, () -> Tables.number(handle, WITH_LOG), "log_attachments", "agents");
        return new Agents(agents.total(), agents.partiallyConfigured(), agents.active(), withLog);
    }

    Map<String, Long> byRole() {
        Map<String, Long> roles = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            roles.put(role.wire(), 0L);
        }
        return orIfMissing(
                handle,
                roles,
                () -> counted(handle, roles, "SELECT role AS key, COUNT(*) AS count FROM agents GROUP BY role"),
                "agents");
    }

    /** Sets the counts from a statement that yields {@code key} and {@code count}; other keys are ignored. */
    static Map<String, Long> counted(Handle handle, Map<String, Long> zeros, String sql) {
        Map<String, Long> counts = new LinkedHashMap<>(zeros);
        handle.select(sql)
                .map((row, context) -> Map.entry(row.getString("key"), row.getLong("count")))
                .forEach(count -> counts.computeIfPresent(count.getKey(), (key, zero) -> count.getValue()));
        return counts;
    }

    LogAttachments logAttachments() {
        return orIfMissing(
                handle,
                new LogAttachments(0, 0),
                () -> handle.select(ATTACHMENTS)
                        .map((row, context) -> new LogAttachments(row.getLong("active"), row.getLong("stale")))
                        .one(),
                "log_attachments");
    }
}
