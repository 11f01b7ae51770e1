package dev.agenttower.sqlite.directory;

import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.database.Tables;
import dev.agenttower.sqlite.pane.PaneRows;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The list of panes of stored containers. */
final class PanePages extends Pages<PaneView> {
    private static final String ACTIVE_AGENT =
            "FROM agents AS a WHERE " + PaneRows.sameKey("a", "p") + " AND a.active = 1";

    PanePages() {
        super(
                PaneView.LIST,
                "panes AS p",
                Map.ofEntries(
                        Map.entry("pane_id", "p.tmux_pane_id"),
                        Map.entry("container_id", "p.container_id"),
                        Map.entry("container_name", "p.container_name"),
                        Map.entry("tmux_socket", "p.tmux_socket_path"),
                        Map.entry("session_name", "p.tmux_session_name"),
                        Map.entry("window_index", "p.tmux_window_index"),
                        Map.entry("pane_index", "p.tmux_pane_index"),
                        Map.entry("agent_id", "(SELECT a.agent_id " + ACTIVE_AGENT + ")"),
                        Map.entry("discovered_at", "p.first_seen_at"),
                        Map.entry("last_seen_at", "p.last_scanned_at")));
    }

    @Override
    Conditions conditions(Map<String, Object> filters) {
        Conditions conditions = ofKnownContainers((String) filters.get("container_id"));
        if (filters.get("registered") instanceof Boolean registered) {
            conditions.and((registered ? "" : "NOT ") + "EXISTS (SELECT 1 " + ACTIVE_AGENT + ")");
        }
        return conditions;
    }

    private static Conditions ofKnownContainers(@Nullable String container) {
        String known = known(container);
        if (container == null) {
            // The plus prevents SQLite from reading the panes container by container and sorting all of them.
            return new Conditions().and("+p.container_id IN (" + known + ")");
        }
        String comparison = isId(container) ? "p.container_id = (" : "p.container_id IN (";
        return new Conditions().and(comparison + known + ")", container);
    }

    private static String known(@Nullable String container) {
        if (container == null) {
            return "SELECT container_id FROM containers";
        }
        return "SELECT container_id FROM containers WHERE " + (isId(container) ? "container_id" : "name") + " = ?";
    }

    private static boolean isId(String container) {
        return new PaneFilter(false, container).isContainerId();
    }

    @Override
    long count(Handle handle, Map<String, Object> filters) {
        @Nullable String container = (String) filters.get("container_id");
        Object[] values = container == null ? new Object[0] : new Object[] {container};
        if (!(filters.get("registered") instanceof Boolean registered)) {
            return Tables.number(
                    handle,
                    "SELECT COALESCE(SUM((SELECT COUNT(*) FROM panes AS p WHERE p.container_id = c.container_id)), 0)"
                            + " FROM (" + known(container) + ") AS c",
                    values);
        }
        // Starts from the agents, which are fewer. A pane has at most one.
        Conditions conditions = ofKnownContainers(container).and("a.active = 1");
        long count = Tables.number(
                handle,
                "SELECT COUNT(*) FROM agents AS a CROSS JOIN panes AS p ON " + PaneRows.sameKey("p", "a")
                        + conditions.where(),
                conditions.values());
        return registered
                ? count
                : count(handle, container == null ? Map.of() : Map.of("container_id", container)) - count;
    }
}
