package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import java.util.List;

/** {@code agenttower set-label}. */
final class SetLabelCommand implements Command {
    private static final String LABEL = "--label";

    @Override
    public CommandForm form() {
        return CommandName.SET_LABEL.form(
                List.of(
                        AgentChange.TARGET_OPTION,
                        OptionForm.required(LABEL, "LABEL", "what to call it, at most 64 characters; empty clears it"),
                        OptionForm.JSON),
                "agenttower set-label --target agt_0123456789ab --label 'api tests'");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        String target = AgentChange.target(arguments);
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            ObjectNode params =
                    DaemonAccess.agentParams().put("agent_id", target).put("label", arguments.required(LABEL));
            return AgentChange.send(daemon, "set_label", params, arguments, context);
        }
    }
}
