package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.pane.OwnPane;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower register-self}. */
@Command(
        name = "register-self",
        description = "register the pane that this command runs in as an agent",
        footer = {
            "  agenttower register-self --role slave --capability claude --label backend",
            "  agenttower register-self --role swarm --parent agt_0123456789ab"
        })
public final class RegisterSelfCommand implements Runnable {
    @Option(names = "--role", paramLabel = "ROLE", description = "slave, swarm, test-runner, shell or unknown")
    private @Nullable String role;

    @Mixin
    private AgentOptions agent;

    @Option(
            names = "--parent",
            paramLabel = "AGENT",
            description = "the slave that a swarm agent belongs to, by id or label")
    private @Nullable String parent;

    @Option(names = "--attach-log", description = "record the output of the pane as well")
    private boolean isLogAttached;

    @Option(names = "--log", paramLabel = "PATH", description = "where to record it; only with --attach-log")
    private @Nullable String log;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (log != null && !isLogAttached) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "--log needs --attach-log");
        }
        JsonNode result;
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            if ("master".equals(role)) {
                throw new RefusedException(
                        ErrorCode.MASTER_VIA_REGISTER_SELF_REJECTED,
                        "nobody makes itself a master; register with another role, then run"
                                + " `agenttower set-role --target AGENT_ID --role master --confirm`");
            }
            ObjectNode key = new OwnPane(daemon, output.context()).key();
            result = daemon.call("register_agent", params(key), Timeouts.answerWithin(10));
        }
        output.print(result, () -> text(result));
    }

    private ObjectNode params(ObjectNode key) {
        ObjectNode params = DaemonAccess.agentParams();
        params.set("container_id", key.path("container_id"));
        params.set("pane_composite_key", key);
        putIfGiven(params, "role", role);
        putIfGiven(params, "capability", agent.capability());
        putIfGiven(params, "label", agent.label());
        putIfGiven(params, "project_path", agent.project());
        putIfGiven(params, "parent_agent_id", parent);
        if (isLogAttached) {
            putIfGiven(params.putObject("attach_log"), "log_path", log);
        }
        return params;
    }

    private static void putIfGiven(ObjectNode params, String name, @Nullable String value) {
        if (value != null) {
            params.put(name, value);
        }
    }

    private static String text(JsonNode result) {
        Facts facts = Facts.of(result, "agent_id", "role", "capability", "label", "project_path")
                .add("parent_agent_id", result.path("parent_agent_id").textValue())
                .add(
                        "created_or_reactivated",
                        result.path("created_or_reactivated").asText(""));
        JsonNode log = result.path("attach_log");
        return log.isObject()
                ? facts + "attached attachment_id=" + log.path("attachment_id").asText("") + " path="
                        + TerminalText.safe(log.path("log_path").asText("")) + " status="
                        + log.path("status").asText("") + "\n"
                : facts.toString();
    }
}
