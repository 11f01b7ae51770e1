package dev.agenttower.cli.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.agent.AgentTarget;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.client.Timeouts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower detach-log}. */
@Command(
        name = "detach-log",
        hidden = true,
        description = "end the recording of an agent's pane; the file stays",
        footer = "  agenttower detach-log --target agt_0123456789ab")
public final class DetachLogCommand implements Runnable {
    @Mixin
    private AgentTarget target;

    @Mixin
    private Output output;

    @Override
    public void run() {
        ObjectNode params = target.params(output.context());
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            JsonNode result = daemon.call("detach_log", params, Timeouts.answerWithin(10));
            output.print(
                    result,
                    () -> "detached agent_id=" + result.path("agent_id").asText() + "\n"
                            + Facts.of(result, "attachment_id")
                                    .add("path", result.path("log_path").asText())
                                    .add("status", result.path("status").asText()));
        }
    }
}
