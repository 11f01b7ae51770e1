package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.command.TabbedLines;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.text.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower list-agents}. */
@Command(
        name = "list-agents",
        description = "list the agents",
        footer = "  agenttower list-agents --role slave --role swarm --active-only")
public final class ListAgentsCommand implements Runnable {
    private static final int SHORT_ID = 12;

    @Option(names = "--role", paramLabel = "ROLE", description = "only agents of this role; may be repeated")
    private List<String> roles = List.of();

    @Option(names = "--container", paramLabel = "ID", description = "only agents of this bench: 12 or 64 hex digits")
    private @Nullable String container;

    @Option(names = "--active-only", description = "leave out agents whose pane is gone")
    private boolean isActiveOnly;

    @Option(
            names = "--states",
            description = "also show what each agent does, since when, on what, and how that is known")
    private boolean isWithStates;

    @Option(names = "--governance", description = "also show the project that governs each agent, and its role there")
    private boolean isWithGovernance;

    @Option(names = "--parent", paramLabel = "AGENT", description = "only the swarm of this agent, by id or label")
    private @Nullable String parent;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            JsonNode result = daemon.call("list_agents", params(), Timeouts.answerWithin(5));
            output.print(result, () -> lines(result));
        }
    }

    private TabbedLines lines(JsonNode result) {
        List<String> columns = new ArrayList<>(
                List.of("AGENT_ID", "LABEL", "ROLE", "CAPABILITY", "CONTAINER", "PANE", "PROJECT", "PARENT", "ACTIVE"));
        if (isWithStates) {
            columns.addAll(List.of("STATE", "SINCE", "DETAIL", "EVIDENCE"));
        }
        if (isWithGovernance) {
            columns.addAll(List.of("GOVERNED_PROJECT", "GOVERNANCE_ROLE"));
        }
        TabbedLines lines = new TabbedLines(columns.toArray(String[]::new));
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
            if (isWithStates) {
                fields(lines, row, List.of("state", "state_since", "state_detail", "state_evidence"));
            }
            if (isWithGovernance) {
                fields(lines, row, List.of("governance_project", "governance_role"));
            }
            lines.end();
        }
        return lines;
    }

    private static void fields(TabbedLines lines, JsonNode row, List<String> names) {
        for (String field : names) {
            String value = row.path(field).asText("");
            lines.field(value.isEmpty() || row.path(field).isNull() ? "-" : value);
        }
    }

    private ObjectNode params() {
        ObjectNode params = DaemonAccess.agentParams();
        if (!roles.isEmpty()) {
            roles.forEach(params.putArray("role")::add);
        }
        if (container != null) {
            params.put("container_id", container);
        }
        if (isActiveOnly) {
            params.put("active_only", true);
        }
        if (parent != null) {
            params.put("parent_agent_id", parent);
        }
        return params;
    }
}
