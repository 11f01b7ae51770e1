package dev.agenttower.cli.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.pane.CallerAgent;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The decision of an operator about one message. */
final class MessageDecision {
    @Parameters(paramLabel = "MESSAGE_ID", description = "the id of the message")
    private String messageId;

    @Mixin
    private Output output;

    int send(String action, String past) {
        return QueueExit.run(output, () -> {
            JsonNode row;
            try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
                ObjectNode params = JsonText.object().put("message_id", messageId);
                ObjectNode pane = new CallerAgent(daemon, output.context()).operatorPane();
                if (pane != null) {
                    params.set("caller_pane", pane);
                }
                row = daemon.call("queue." + action, params, Timeouts.answerWithin(10));
            }
            output.context()
                    .out()
                    .print(
                            output.isJson()
                                    ? JsonText.compact(row) + "\n"
                                    : past + ": msg=" + row.path("message_id").asText() + " state="
                                            + row.path("state").asText() + "\n");
            return QueueExit.OK;
        });
    }
}
