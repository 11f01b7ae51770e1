package dev.agenttower.cli.pane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.command.TabbedLines;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower list-panes}. */
@Command(
        name = "list-panes",
        description = "list the tmux panes of the benches",
        footer = "  agenttower list-panes --active-only --container py-bench")
public final class ListPanesCommand implements Runnable {
    private static final List<String> HEADER = List.of(
            "ACTIVE",
            "FOCUSED",
            "CONTAINER",
            "SOCKET",
            "SESSION",
            "W",
            "P",
            "PANE_ID",
            "PID",
            "TTY",
            "COMMAND",
            "CWD",
            "LAST_SCANNED");
    private static final List<String> TEXT_FIELDS = List.of(
            "container_name",
            "tmux_socket_path",
            "tmux_session_name",
            "tmux_window_index",
            "tmux_pane_index",
            "tmux_pane_id",
            "pane_pid",
            "pane_tty",
            "pane_current_command",
            "pane_current_path",
            "last_scanned_at");

    @Option(names = "--active-only", description = "leave out panes that are gone")
    private boolean isActiveOnly;

    @Option(names = "--container", paramLabel = "ID_OR_NAME", description = "only the panes of this bench")
    private @Nullable String container;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            ObjectNode params =
                    JsonText.object().put("active_only", isActiveOnly).put("container", container);
            JsonNode result = daemon.call("list_panes", params, Timeouts.SHORT);
            output.print(result, () -> lines(result));
        }
    }

    private static TabbedLines lines(JsonNode result) {
        TabbedLines lines = new TabbedLines(HEADER.toArray(String[]::new));
        for (JsonNode row : result.path("panes")) {
            lines.flag(row.path("active")).flag(row.path("pane_active"));
            TEXT_FIELDS.forEach(field -> lines.field(row.path(field)));
            lines.end();
        }
        return lines;
    }
}
