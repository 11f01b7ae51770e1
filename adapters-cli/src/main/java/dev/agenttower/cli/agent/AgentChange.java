package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.client.Timeouts;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** Common to the commands that change one field of an agent. */
final class AgentChange {
    @Mixin
    private AgentTarget target;

    @Mixin
    private Output output;

    /**
     * Sends a change and prints the result.
     *
     * @param change completes the parameters that identify the agent; called after the daemon's socket is resolved
     */
    void send(String method, Function<ObjectNode, ObjectNode> change) {
        ObjectNode agent = target.params(output.context());
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            ObjectNode params = change.apply(agent);
            JsonNode result = daemon.call(method, params, Timeouts.answerWithin(5));
            output.print(
                    result, () -> Facts.of(result, "agent_id", "field", "prior_value", "new_value", "audit_appended"));
        }
    }
}
