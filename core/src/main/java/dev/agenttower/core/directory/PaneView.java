package dev.agenttower.core.directory;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.page.Cells;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * A pane as shown in a control panel.
 *
 * @param agentId the active agent of the pane, or null
 */
public record PaneView(
        PaneKey key, String containerName, @Nullable String agentId, String discoveredAt, String lastSeenAt) {
    /**
     * The list of panes; panes without a stored container are left out. Its filter {@code container_id} takes an exact id or the exact name of a
     * container, as {@link dev.agenttower.core.pane.PaneFilter#container()} does.
     */
    public static final ListDefinition<PaneView> LIST = ListDefinition.of("app.pane.list", PaneView::read)
            .text("pane_id", pane -> pane.key.paneId())
            .text("container_id", pane -> pane.key.container().value())
            .text("container_name", PaneView::containerName)
            .text("tmux_socket", pane -> pane.key.socketPath())
            .text("session_name", pane -> pane.key.sessionName())
            .number("window_index", pane -> pane.key.windowIndex())
            .number("pane_index", pane -> pane.key.paneIndex())
            .flag("registered", PaneView::registered)
            .text("agent_id", PaneView::agentId)
            .text("discovered_at", PaneView::discoveredAt)
            .text("last_seen_at", PaneView::lastSeenAt)
            .filterOfStore("container_id")
            .filter("registered")
            .order(
                    "default",
                    "container_name",
                    "session_name",
                    "window_index",
                    "pane_index",
                    "container_id",
                    "tmux_socket",
                    "pane_id")
            .order("discovered_at", byTime("discovered_at"))
            .order("last_seen_at", byTime("last_seen_at"))
            .build();

    /** Whether an active agent is bound to the pane. */
    public boolean registered() {
        return agentId != null;
    }

    private static String[] byTime(String time) {
        return new String[] {
            time, "container_id", "tmux_socket", "session_name", "window_index", "pane_index", "pane_id"
        };
    }

    private static PaneView read(Cells row) {
        PaneKey key = new PaneKey(
                new ContainerId(row.text("container_id")),
                row.text("tmux_socket"),
                row.text("session_name"),
                (int) row.number("window_index"),
                (int) row.number("pane_index"),
                row.text("pane_id"));
        return new PaneView(
                key,
                row.text("container_name"),
                row.textOrNull("agent_id"),
                row.text("discovered_at"),
                row.text("last_seen_at"));
    }
}
