package dev.agenttower.cli.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.command.TabbedLines;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower list-containers}. */
@Command(
        name = "list-containers",
        description = "list the benches",
        footer = "  agenttower list-containers --active-only")
public final class ListContainersCommand implements Runnable {
    @Option(names = "--active-only", description = "leave out benches that are gone")
    private boolean isActiveOnly;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            ObjectNode params = JsonText.object().put("active_only", isActiveOnly);
            JsonNode result = daemon.call("list_containers", params, Timeouts.SHORT);
            output.print(result, () -> lines(result));
        }
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
