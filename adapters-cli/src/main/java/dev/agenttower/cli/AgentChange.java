package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.client.Timeouts;
import java.util.regex.Pattern;

/** What the commands that change one field of an agent have in common. */
final class AgentChange {
    static final String TARGET = "--target";
    static final OptionForm TARGET_OPTION = OptionForm.required(TARGET, "AGENT_ID", "the agent to change");

    private static final Pattern AGENT_ID = Pattern.compile("agt_[0-9a-f]{12}");

    private AgentChange() {}

    /** The agent's id, refused here if it cannot be one. */
    static String target(Arguments arguments) {
        String target = arguments.required(TARGET);
        if (!AGENT_ID.matcher(target).matches()) {
            throw new RefusedException(
                    ErrorCode.VALUE_OUT_OF_SET,
                    "--target must look like agt_0123456789ab; got '" + Text.abbreviated(target, 80)
                            + "'; `agenttower list-agents` shows the ids");
        }
        return target;
    }

    static ExitCode send(
            DaemonAccess daemon, String method, ObjectNode params, Arguments arguments, CliContext context) {
        JsonNode result = daemon.call(method, params, Timeouts.answerWithin(5));
        DaemonAccess.printResult(
                context,
                arguments,
                result,
                () -> Facts.of(result, "agent_id", "field", "prior_value", "new_value", "audit_appended"));
        return ExitCode.OK;
    }
}
