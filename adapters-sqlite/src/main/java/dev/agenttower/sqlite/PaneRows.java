package dev.agenttower.sqlite;

import dev.agenttower.core.bench.ContainerId;
import dev.agenttower.core.bench.PaneKey;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The six columns that tell one pane from another, which several tables share. */
final class PaneRows {
    /** The columns, in the order of the key. */
    static final String KEY =
            "container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index," + " tmux_pane_id";
    /** The condition for one key, with a placeholder for each column. */
    static final String IS_KEY = "container_id = ? AND tmux_socket_path = ? AND tmux_session_name = ?"
            + " AND tmux_window_index = ? AND tmux_pane_index = ? AND tmux_pane_id = ?";

    private PaneRows() {}

    /** The condition that rows of two tables, given by their aliases, are about the same pane. */
    static String sameKey(String one, String other) {
        return "%1$s.container_id = %2$s.container_id AND %1$s.tmux_socket_path = %2$s.tmux_socket_path"
                        .formatted(one, other)
                + " AND %1$s.tmux_session_name = %2$s.tmux_session_name".formatted(one, other)
                + " AND %1$s.tmux_window_index = %2$s.tmux_window_index".formatted(one, other)
                + " AND %1$s.tmux_pane_index = %2$s.tmux_pane_index AND %1$s.tmux_pane_id = %2$s.tmux_pane_id"
                        .formatted(one, other);
    }

    /** The values for {@link #IS_KEY}. */
    static Object[] values(PaneKey key) {
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
    static PaneKey key(ResultSet row, int column) throws SQLException {
        return new PaneKey(
                new ContainerId(row.getString(column)),
                row.getString(column + 1),
                row.getString(column + 2),
                row.getInt(column + 3),
                row.getInt(column + 4),
                row.getString(column + 5));
    }
}
