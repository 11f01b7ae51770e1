package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.client.Timeouts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower list-agents}. */
final class ListAgentsCommand implements Command {
    private static final String ROLE = "--role";
    private static final String CONTAINER = "--container";
    private static final String ACTIVE_ONLY = "--active-only";
    private static final String PARENT = "--parent";
    private static final int SHORT_ID = 12;

    @Override
    public CommandForm form() {
        return CommandName.LIST_AGENTS.form(
                List.of(
                        OptionForm.repeatable(ROLE, "ROLE", "only agents of this role; may be repeated"),
                        OptionForm.value(CONTAINER, "ID", "only agents of this bench: 12 or 64 hex digits"),
                        OptionForm.flag(ACTIVE_ONLY, "leave out agents whose pane is gone"),
                        OptionForm.value(PARENT, "AGENT_ID", "only the swarm of this agent"),
                        OptionForm.JSON),
                "agenttower list-agents --role slave --role swarm --active-only");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        JsonNode result;
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            result = daemon.call("list_agents", params(arguments), Timeouts.answerWithin(5));
        }
        DaemonAccess.printResult(context, arguments, result, () -> lines(result));
        return ExitCode.OK;
    }

    private static TabbedLines lines(JsonNode result) {
        TabbedLines lines = new TabbedLines(
                "AGENT_ID", "LABEL", "ROLE", "CAPABILITY", "CONTAINER", "PANE", "PROJECT", "PARENT", "ACTIVE");
        for (JsonNode row : result.path("agents")) {
            lines.field(row.path("agent_id")).field(row.path("label")).field(row.path("role"));
            lines.field(row.path("capability"));
            lines.field(Text.cut(row.path("container_id").asText(""), SHORT_ID));
            lines.field(row.path("tmux_session_name").asText("") + ":"
                    + row.path("tmux_window_index").asText("") + "."
                    + row.path("tmux_pane_index").asText(""));
            lines.field(row.path("project_path"));
            @Nullable String parent = row.path("parent_agent_id").textValue();
            lines.field(parent == null ? "-" : parent);
            lines.field(row.path("active").asBoolean() ? "true" : "false");
            lines.end();
        }
        return lines;
    }

    private static ObjectNode params(Arguments arguments) {
        ObjectNode params = DaemonAccess.agentParams();
        if (arguments.has(ROLE)) {
            arguments.values(ROLE).forEach(params.putArray("role")::add);
        }
        if (arguments.has(CONTAINER)) {
            params.put("container_id", arguments.value(CONTAINER));
        }
        if (arguments.has(ACTIVE_ONLY)) {
            params.put("active_only", true);
        }
        if (arguments.has(PARENT)) {
            params.put("parent_agent_id", arguments.value(PARENT));
        }
        return params;
    }
}
