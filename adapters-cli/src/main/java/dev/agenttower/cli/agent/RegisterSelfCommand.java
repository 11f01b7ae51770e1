package dev.agenttower.cli.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.governance.session.AsOptions;
import dev.agenttower.cli.governance.session.Assignment;
import dev.agenttower.cli.pane.AgentDraft;
import dev.agenttower.cli.pane.OwnPane;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.Objects;
import java.util.Optional;
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
            "  agenttower register-self --label backend --as Developer",
            "  agenttower register-self --role swarm --parent agt_0123456789ab"
        })
public final class RegisterSelfCommand implements Runnable {
    @Option(names = "--role", paramLabel = "ROLE", description = "slave, swarm, test-runner, shell or unknown")
    private @Nullable String role;

    @Mixin
    private AgentOptions agent;

    @Mixin
    private AsOptions as;

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
        ObjectNode result;
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            if ("master".equals(role)) {
                throw new RefusedException(
                        ErrorCode.MASTER_VIA_REGISTER_SELF_REJECTED,
                        "nobody makes itself a master; register with another role, then run"
                                + " `agenttower set-role --target AGENT_ID --role master --confirm`");
            }
            Optional<Assignment> work =
                    as.isGiven() ? as.in(Assignment.workingFolder(), output.context()) : Optional.empty();
            result = new OwnPane(daemon, output.context())
                    .register(new AgentDraft(
                            role,
                            agent.capability(),
                            agent.label(),
                            agent.project(),
                            parent,
                            isLogAttached ? Objects.requireNonNullElse(log, "") : null));
            boolean isNew = !result.path("created_or_reactivated").asText("").equals("updated");
            work.ifPresent(governed -> new PaneRole(governed, daemon, output.context()).bind(result, isNew, null));
        }
        output.print(result, () -> text(result));
    }

    private static String text(JsonNode result) {
        Facts facts = Facts.of(result, "agent_id", "role", "capability", "label", "project_path")
                .add("parent_agent_id", result.path("parent_agent_id").textValue())
                .add(
                        "created_or_reactivated",
                        result.path("created_or_reactivated").asText(""));
        PaneRole.show(result, facts);
        JsonNode log = result.path("attach_log");
        return log.isObject()
                ? facts + "attached attachment_id=" + log.path("attachment_id").asText("") + " path="
                        + TerminalText.safe(log.path("log_path").asText("")) + " status="
                        + log.path("status").asText("") + "\n"
                : facts.toString();
    }
}
