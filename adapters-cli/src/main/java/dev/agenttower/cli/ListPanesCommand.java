package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.Timeouts;
import java.util.List;

/** {@code agenttower list-panes}. */
final class ListPanesCommand implements Command {
    private static final String ACTIVE_ONLY = "--active-only";
    private static final String CONTAINER = "--container";
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

    @Override
    public CommandForm form() {
        return CommandName.LIST_PANES.form(
                List.of(
                        OptionForm.flag(ACTIVE_ONLY, "leave out panes that are gone"),
                        OptionForm.value(CONTAINER, "ID_OR_NAME", "only the panes of this bench"),
                        OptionForm.JSON),
                "agenttower list-panes --active-only --container py-bench");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        JsonNode result;
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            ObjectNode params = JsonText.object()
                    .put("active_only", arguments.has(ACTIVE_ONLY))
                    .put("container", arguments.value(CONTAINER));
            result = daemon.call("list_panes", params, Timeouts.SHORT);
        }
        DaemonAccess.printResult(context, arguments, result, () -> lines(result));
        return ExitCode.OK;
    }

    private static TabbedLines lines(JsonNode result) {
        TabbedLines lines = new TabbedLines(
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
        for (JsonNode row : result.path("panes")) {
            lines.flag(row.path("active")).flag(row.path("pane_active"));
            for (String field : TEXT_FIELDS) {
                lines.field(row.path(field));
            }
            lines.end();
        }
        return lines;
    }
}
