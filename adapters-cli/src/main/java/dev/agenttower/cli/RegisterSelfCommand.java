package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.client.Timeouts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower register-self}. */
final class RegisterSelfCommand implements Command {
    private static final String ROLE = "--role";
    private static final String PROJECT = "--project";
    private static final String PARENT = "--parent";
    private static final String ATTACH_LOG = "--attach-log";
    private static final String LOG = "--log";

    @Override
    public CommandForm form() {
        return CommandName.REGISTER_SELF.form(
                List.of(
                        OptionForm.value(ROLE, "ROLE", "slave, swarm, test-runner, shell or unknown"),
                        AgentForm.CAPABILITY,
                        AgentForm.LABEL,
                        OptionForm.value(PROJECT, "PATH", "the absolute path of its project"),
                        OptionForm.value(PARENT, "AGENT_ID", "the slave that a swarm agent belongs to"),
                        OptionForm.flag(ATTACH_LOG, "record the output of the pane as well"),
                        OptionForm.value(LOG, "PATH", "where to record it; only with " + ATTACH_LOG),
                        OptionForm.JSON),
                "agenttower register-self --role slave --capability claude --label backend",
                "agenttower register-self --role swarm --parent agt_0123456789ab");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        if (arguments.has(LOG) && !arguments.has(ATTACH_LOG)) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "--log needs --attach-log");
        }
        JsonNode result;
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            if ("master".equals(arguments.value(ROLE))) {
                throw new RefusedException(
                        ErrorCode.MASTER_VIA_REGISTER_SELF_REJECTED,
                        "nobody makes itself a master; register with another role, then run"
                                + " `agenttower set-role --target AGENT_ID --role master --confirm`");
            }
            ObjectNode key = new OwnPane(daemon, context).key();
            result = daemon.call("register_agent", params(key, arguments), Timeouts.answerWithin(10));
        }
        DaemonAccess.printResult(context, arguments, result, () -> text(result));
        return ExitCode.OK;
    }

    private static ObjectNode params(ObjectNode key, Arguments arguments) {
        ObjectNode params = DaemonAccess.agentParams();
        params.set("container_id", key.path("container_id"));
        params.set("pane_composite_key", key);
        putIfGiven(params, "role", arguments.value(ROLE));
        putIfGiven(params, "capability", arguments.value(AgentForm.CAPABILITY.name()));
        putIfGiven(params, "label", arguments.value(AgentForm.LABEL.name()));
        putIfGiven(params, "project_path", arguments.value(PROJECT));
        putIfGiven(params, "parent_agent_id", arguments.value(PARENT));
        if (arguments.has(ATTACH_LOG)) {
            putIfGiven(params.putObject("attach_log"), "log_path", arguments.value(LOG));
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
                        + Text.singleLine(log.path("log_path").asText("")) + " status="
                        + log.path("status").asText("") + "\n"
                : facts.toString();
    }
}
