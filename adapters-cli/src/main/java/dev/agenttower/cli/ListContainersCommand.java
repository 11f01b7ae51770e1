package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.Timeouts;
import java.util.List;

/** {@code agenttower list-containers}. */
final class ListContainersCommand implements Command {
    private static final String ACTIVE_ONLY = "--active-only";

    @Override
    public CommandForm form() {
        return CommandName.LIST_CONTAINERS.form(
                List.of(OptionForm.flag(ACTIVE_ONLY, "leave out benches that are gone"), OptionForm.JSON),
                "agenttower list-containers --active-only");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        JsonNode result;
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            ObjectNode params = JsonText.object().put("active_only", arguments.has(ACTIVE_ONLY));
            result = daemon.call("list_containers", params, Timeouts.SHORT);
        }
        DaemonAccess.printResult(context, arguments, result, () -> lines(result));
        return ExitCode.OK;
    }

    private static TabbedLines lines(JsonNode result) {
        TabbedLines lines = new TabbedLines("ACTIVE", "ID", "NAME", "IMAGE", "STATUS", "LAST_SCANNED");
        for (JsonNode row : result.path("containers")) {
            lines.flag(row.path("active")).field(row.path("id")).field(row.path("name"));
            lines.field(row.path("image")).field(row.path("status")).field(row.path("last_scanned_at"));
            lines.end();
        }
        return lines;
    }
}
