package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Common to the commands that change one field of an agent. */
final class AgentChange {
    private static final Pattern AGENT_ID = Pattern.compile("agt_[0-9a-f]{12}");

    @Option(names = "--target", paramLabel = "AGENT_ID", required = true, description = "the agent to change")
    private String target;

    @Mixin
    private Output output;

    /**
     * Sends a change and prints the result.
     *
     * @param change completes the parameters that identify the agent; called after the daemon's socket is resolved
     */
    void send(String method, Function<ObjectNode, ObjectNode> change) {
        if (!AGENT_ID.matcher(target).matches()) {
            throw new RefusedException(
                    ErrorCode.VALUE_OUT_OF_SET,
                    "--target must look like agt_0123456789ab; got '" + Text.abbreviated(target, 80)
                            + "'; `agenttower list-agents` shows the ids");
        }
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            ObjectNode params = change.apply(DaemonAccess.agentParams().put("agent_id", target));
            JsonNode result = daemon.call(method, params, Timeouts.answerWithin(5));
            output.print(
                    result, () -> Facts.of(result, "agent_id", "field", "prior_value", "new_value", "audit_appended"));
        }
    }
}
