package dev.agenttower.sqlite.pane;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.pane.TmuxServer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The six key columns of a pane, which several tables share. */
public final class PaneRows {
    /** The columns, in the order of the key. */
    static final String KEY =
            "container_id, tmux_socket_path, tmux_session_name, tmux_window_index, tmux_pane_index, tmux_pane_id";
    /** The condition for one key; the methods of this class bind it. */
    public static final String IS_KEY = isKey("");

    private static final String KNOWN = "SELECT p.container_id, p.tmux_socket_path, p.tmux_session_name,"
            + " p.tmux_window_index, p.tmux_pane_index, p.tmux_pane_id, p.active, i.server_pid, i.server_started"
            + " FROM panes AS p LEFT JOIN pane_identities AS i ON " + sameKey("i", "p")
            + " WHERE p.container_id = :bench";

    private PaneRows() {}

    /** The condition for one key, bound by the methods of this class under a prefix such as {@code from.}. */
    static String isKey(String prefix) {
        return assignments(prefix, " AND ");
    }

    /** The assignment of another key, bound in the same way. */
    static String setKey(String prefix) {
        return assignments(prefix, ", ");
    }

    private static String assignments(String prefix, String separator) {
        return String.join(
                separator,
                "container_id = :" + prefix + "container.value",
                "tmux_socket_path = :" + prefix + "socketPath",
                "tmux_session_name = :" + prefix + "sessionName",
                "tmux_window_index = :" + prefix + "windowIndex",
                "tmux_pane_index = :" + prefix + "paneIndex",
                "tmux_pane_id = :" + prefix + "paneId");
    }

    /** The panes of one container, with their servers if known. */
    static List<PaneStore.KnownPane> known(Handle handle, ContainerId bench) {
        return handle.select(KNOWN)
                .bind("bench", bench.value())
                .map((row, context) -> {
                    long pid = row.getLong("server_pid");
                    TmuxServer server = row.wasNull() ? null : new TmuxServer(pid, row.getLong("server_started"));
                    return new PaneStore.KnownPane(key(row), row.getBoolean("active"), server);
                })
                .list();
    }

    /** The condition that rows of two tables, given by their aliases, have the same pane. */
    public static String sameKey(String one, String other) {
        return "%1$s.container_id = %2$s.container_id AND %1$s.tmux_socket_path = %2$s.tmux_socket_path"
                        .formatted(one, other)
                + " AND %1$s.tmux_session_name = %2$s.tmux_session_name".formatted(one, other)
                + " AND %1$s.tmux_window_index = %2$s.tmux_window_index".formatted(one, other)
                + " AND %1$s.tmux_pane_index = %2$s.tmux_pane_index AND %1$s.tmux_pane_id = %2$s.tmux_pane_id"
                        .formatted(one, other);
    }

    /** The key of a row. */
    public static PaneKey key(ResultSet row) throws SQLException {
        return key(row, row.findColumn("container_id"));
    }

    /** The key whose columns begin at {@code column}. */
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
