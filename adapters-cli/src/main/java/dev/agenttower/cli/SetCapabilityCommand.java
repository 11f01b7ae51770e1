package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import java.util.List;

/** {@code agenttower set-capability}. */
final class SetCapabilityCommand implements Command {
    private static final String CAPABILITY = "--capability";

    @Override
    public CommandForm form() {
        return CommandName.SET_CAPABILITY.form(
                List.of(
                        AgentChange.TARGET_OPTION,
                        OptionForm.required(CAPABILITY, "CAPABILITY", AgentForm.CAPABILITIES),
                        OptionForm.JSON),
                "agenttower set-capability --target agt_0123456789ab --capability codex");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        String target = AgentChange.target(arguments);
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            ObjectNode params = DaemonAccess.agentParams()
                    .put("agent_id", target)
                    .put("capability", arguments.required(CAPABILITY));
            return AgentChange.send(daemon, "set_capability", params, arguments, context);
        }
    }
}
