package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.surroundings.InvalidSocketException;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.Timeouts;
import dev.agenttower.client.TransportException;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Option;

/** The option {@code --target}. */
public final class AgentTarget {
    private static final String ID_PREFIX = "agt_";
    private static final String OPERATOR = "host-operator";

    @Option(names = "--target", paramLabel = "AGENT", required = true, description = "the id or label of an agent")
    private String target;

    /**
     * Parameters that name the agent.
     *
     * @throws RefusedException as {@link #requireName}
     */
    public ObjectNode params(CliContext context) {
        requireName(target, context);
        return DaemonAccess.agentParams().put("agent_id", target);
    }

    /**
     * Checks what {@code --target} names an agent by.
     *
     * @throws RefusedException {@code VALUE_OUT_OF_SET} for what is no id where it cannot be a label, and where no daemon can tell
     */
    public static void requireName(String target, CliContext context) {
        if (AgentId.isWellFormed(target)) {
            return;
        }
        if (target.isEmpty() || target.startsWith(ID_PREFIX) || target.equals(OPERATOR)) {
            throw refused(target, "it is no label either");
        }
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            daemon.call("ping", null, Timeouts.answerWithin(5));
        } catch (TransportException | InvalidSocketException unreachable) {
            throw refused(target, "the daemon, which knows the labels, cannot be reached");
        }
    }

    /**
     * The refusal of a call about an agent. The daemon gives a name that no agent has the code of any other bad value; here it is
     * {@code AGENT_NOT_FOUND}.
     *
     * @param activeOnly whether the call knows the labels of active agents only
     */
    public static RuntimeException refusal(
            DaemonErrorException refused, String name, boolean activeOnly, DaemonAccess daemon) {
        if (!refused.code().equals(ErrorCode.VALUE_OUT_OF_SET.wire()) || AgentId.isWellFormed(name)) {
            return refused;
        }
        ObjectNode params = DaemonAccess.agentParams().put("active_only", activeOnly);
        JsonNode agents =
                daemon.call("list_agents", params, Timeouts.answerWithin(5)).path("agents");
        boolean isLabel = StreamSupport.stream(agents.spliterator(), false)
                .anyMatch(agent -> agent.path("label").asText().equals(name));
        return isLabel ? refused : new RefusedException(ErrorCode.AGENT_NOT_FOUND, refused.getMessage());
    }

    private static RefusedException refused(String target, String reason) {
        return new RefusedException(
                ErrorCode.VALUE_OUT_OF_SET,
                "--target '" + Text.abbreviated(target, 80) + "' is no agent id such as agt_0123456789ab, and " + reason
                        + "; `agenttower list-agents` shows ids and labels");
    }
}
