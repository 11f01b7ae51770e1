package dev.agenttower.sqlite.pane;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.pane.TmuxServer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The six columns that tell one pane from another, which several tables share. */
public final class PaneRows {
    /** The columns, in the order of the key. */
    static final String KEY =
            "container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index," + " tmux_pane_id";
    /** The condition for one key, with a placeholder for each column. */
    public static final String IS_KEY = "container_id = ? AND tmux_socket_path = ? AND tmux_session_name = ?"
            + " AND tmux_window_index = ? AND tmux_pane_index = ? AND tmux_pane_id = ?";

    /** The assignment of another key, with a placeholder for each column. */
    static final String SET_KEY = "container_id = ?, tmux_socket_path = ?, tmux_session_name = ?,"
            + " tmux_window_index = ?, tmux_pane_index = ?, tmux_pane_id = ?";

    private static final String KNOWN = "SELECT p.container_id, p.tmux_socket_path, p.tmux_session_name,"
            + " p.tmux_window_index, p.tmux_pane_index, p.tmux_pane_id, p.active, i.server_pid, i.server_started"
            + " FROM panes AS p LEFT JOIN pane_identities AS i ON " + sameKey("i", "p") + " WHERE p.container_id = ?";

    private PaneRows() {}

    /** The panes of one bench, with their servers where those are known. */
    static List<PaneStore.KnownPane> known(Handle handle, ContainerId bench) {
        return handle.select(KNOWN, bench.value())
                .map((row, context) -> {
                    long pid = row.getLong(8);
                    TmuxServer server = row.wasNull() ? null : new TmuxServer(pid, row.getLong(9));
                    return new PaneStore.KnownPane(key(row, 1), row.getBoolean(7), server);
                })
                .list();
    }

    /** The condition that rows of two tables, given by their aliases, are about the same pane. */
    public static String sameKey(String one, String other) {
        return "%1$s.container_id = %2$s.container_id AND %1$s.tmux_socket_path = %2$s.tmux_socket_path"
                        .formatted(one, other)
                + " AND %1$s.tmux_session_name = %2$s.tmux_session_name".formatted(one, other)
                + " AND %1$s.tmux_window_index = %2$s.tmux_window_index".formatted(one, other)
                + " AND %1$s.tmux_pane_index = %2$s.tmux_pane_index AND %1$s.tmux_pane_id = %2$s.tmux_pane_id"
                        .formatted(one, other);
    }

    /** The values for {@link #IS_KEY}. */
    public static Object[] values(PaneKey key) {
        return new Object[] {
            key.container().value(),
            key.socketPath(),
            key.sessionName(),
            key.windowIndex(),
            key.paneIndex(),
            key.paneId()
        };
    }

    /** The key that begins at a column of the row. */
    public static PaneKey key(ResultSet row, int column) throws SQLException {
        return new PaneKey(
                new ContainerId(row.getString(column)),
                row.getString(column + 1),
                row.getString(column + 2),
                row.getInt(column + 3),
                row.getInt(column + 4),
                row.getString(column + 5));
    }
}
