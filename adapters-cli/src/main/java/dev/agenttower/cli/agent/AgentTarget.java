package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import picocli.CommandLine.Option;

/** The option {@code --target}. */
public final class AgentTarget {
    @Option(names = "--target", paramLabel = "AGENT_ID", required = true, description = "the agent")
    private String target;

    /**
     * Parameters that name the agent.
     *
     * @throws RefusedException {@code VALUE_OUT_OF_SET}, without a call to the daemon
     */
    public ObjectNode params() {
        if (!AgentId.isWellFormed(target)) {
            throw new RefusedException(
                    ErrorCode.VALUE_OUT_OF_SET,
                    "--target must look like agt_0123456789ab; got '" + Text.abbreviated(target, 80)
                            + "'; `agenttower list-agents` shows the ids");
        }
        return DaemonAccess.agentParams().put("agent_id", target);
    }
}
