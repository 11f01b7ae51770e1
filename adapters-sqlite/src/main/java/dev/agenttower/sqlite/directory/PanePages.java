package dev.agenttower.sqlite.directory;

import dev.agenttower.core.directory.PaneCriteria;
import dev.agenttower.core.directory.PaneOrder;
import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.directory.Keyset.Column;
import dev.agenttower.sqlite.pane.PaneRows;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The panes of stored containers, as they are listed. */
final class PanePages extends Pages<PaneView, PaneCriteria, PaneOrder> {
    private static final String ACTIVE_AGENT =
            "FROM agents AS a WHERE " + PaneRows.sameKey("a", "p") + " AND a.active = 1";

    private static final Column CONTAINER = Column.text("p.container_id");
    private static final Column SOCKET = Column.text("p.tmux_socket_path");
    private static final Column SESSION = Column.text("p.tmux_session_name");
    private static final Column WINDOW = Column.number("p.tmux_window_index");
    private static final Column PANE = Column.number("p.tmux_pane_index");
    private static final Column ID = Column.text("p.tmux_pane_id");

    private static final Keyset<PaneView> BY_PLACE = new Keyset<>(
            List.of(Column.text("p.container_name"), SESSION, WINDOW, PANE, CONTAINER, SOCKET, ID), PanePages::place);
    private static final Keyset<PaneView> BY_DISCOVERY = new Keyset<>(
            List.of(Column.text("p.first_seen_at"), CONTAINER, SOCKET, SESSION, WINDOW, PANE, ID),
            pane -> timeAndKey(pane.discoveredAt(), pane.key()));
    private static final Keyset<PaneView> BY_LAST_SEEN = new Keyset<>(
            List.of(Column.text("p.last_scanned_at"), CONTAINER, SOCKET, SESSION, WINDOW, PANE, ID),
            pane -> timeAndKey(pane.lastSeenAt(), pane.key()));

    private static List<Object> place(PaneView pane) {
        PaneKey key = pane.key();
        return List.of(
                pane.containerName(),
                key.sessionName(),
                (long) key.windowIndex(),
                (long) key.paneIndex(),
                key.container().value(),
                key.socketPath(),
                key.paneId());
    }

    private static List<Object> timeAndKey(String time, PaneKey key) {
        return List.of(
                time,
                key.container().value(),
                key.socketPath(),
                key.sessionName(),
                (long) key.windowIndex(),
                (long) key.paneIndex(),
                key.paneId());
    }

    @Override
    String select() {
        return "SELECT p.container_id, p.tmux_socket_path, p.tmux_session_name, p.tmux_window_index,"
                + " p.tmux_pane_index, p.tmux_pane_id, p.container_name, (SELECT a.agent_id " + ACTIVE_AGENT
                + "), p.first_seen_at, p.last_scanned_at FROM panes AS p";
    }

    @Override
    RowMapper<PaneView> mapper() {
        return (row, context) -> new PaneView(
                PaneRows.key(row, 1), row.getString(7), row.getString(8), row.getString(9), row.getString(10));
    }

    @Override
    Keyset<PaneView> keyset(PaneOrder order) {
        return switch (order) {
            case DEFAULT -> BY_PLACE;
            case DISCOVERED_AT -> BY_DISCOVERY;
            case LAST_SEEN_AT -> BY_LAST_SEEN;
        };
    }

    @Override
    Conditions conditions(PaneCriteria filter) {
        Conditions conditions = ofKnownContainers(filter.container());
        if (filter.registered() != null) {
            conditions.and((filter.registered() ? "" : "NOT ") + "EXISTS (SELECT 1 " + ACTIVE_AGENT + ")");
        }
        return conditions;
    }

    private static Conditions ofKnownContainers(@Nullable String container) {
        String known = known(container);
        if (container == null) {
            // The plus keeps SQLite from gathering the panes container by container and sorting them all.
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
    long count(Handle handle, PaneCriteria filter) {
        @Nullable String container = filter.container();
        Object[] values = container == null ? new Object[0] : new Object[] {container};
        if (filter.registered() == null) {
            return number(
                    handle,
                    "SELECT COALESCE(SUM((SELECT COUNT(*) FROM panes AS p WHERE p.container_id = c.container_id)), 0)"
                            + " FROM (" + known(container) + ") AS c",
                    values);
        }
        // From the agents, which are fewer. A pane has at most one.
        Conditions conditions = ofKnownContainers(container).and("a.active = 1");
        long registered = number(
                handle,
                "SELECT COUNT(*) FROM agents AS a CROSS JOIN panes AS p ON " + PaneRows.sameKey("p", "a")
                        + conditions.where(),
                conditions.values());
        return filter.registered() ? registered : count(handle, new PaneCriteria(container, null)) - registered;
    }
}
