package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.pane.CallerAgent;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.Timeouts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agenttower agent forget}. */
@Command(
        name = "forget",
        description = "remove an agent that has ended from the lists; its events, messages and log files stay",
        footer = {"  agenttower agent forget api-worker", "  agenttower agent forget agt_0123456789ab"})
final class AgentForgetCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "AGENT", description = "the id or label of an agent")
    private String agent;

    @Mixin
    private Output output;

    @Override
    public void run() {
        ObjectNode params = DaemonAccess.agentParams().put("agent_id", agent);
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            new CallerAgent(daemon, output.context()).addTo(params);
            JsonNode removed = forget(params, daemon);
            output.print(removed, () -> Facts.of(removed, "agent_id", "label", "role", "canceled_messages"));
        }
    }

    private JsonNode forget(ObjectNode params, DaemonAccess daemon) {
        try {
            return daemon.call("forget_agent", params, Timeouts.answerWithin(30));
        } catch (DaemonErrorException e) {
            throw AgentTarget.refusal(e, agent, false, daemon);
        }
    }
}
