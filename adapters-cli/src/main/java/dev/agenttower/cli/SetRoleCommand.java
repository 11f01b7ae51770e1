package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.List;

/** {@code agenttower set-role}. */
final class SetRoleCommand implements Command {
    private static final String ROLE = "--role";
    private static final String CONFIRM = "--confirm";

    @Override
    public CommandForm form() {
        return CommandName.SET_ROLE.form(
                List.of(
                        AgentChange.TARGET_OPTION,
                        OptionForm.required(ROLE, "ROLE", "master, slave, test-runner, shell or unknown"),
                        OptionForm.flag(CONFIRM, "yes, make it a master"),
                        OptionForm.JSON),
                "agenttower set-role --target agt_0123456789ab --role slave",
                "agenttower set-role --target agt_0123456789ab --role master --confirm");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        String target = AgentChange.target(arguments);
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            String role = arguments.required(ROLE);
            boolean confirmed = arguments.has(CONFIRM);
            if (role.equals("swarm")) {
                throw new RefusedException(
                        ErrorCode.SWARM_ROLE_VIA_SET_ROLE_REJECTED,
                        "an agent becomes a swarm agent only at registration, with its parent:"
                                + " `agenttower register-self --role swarm --parent AGENT_ID`");
            }
            if (role.equals("master") && !confirmed) {
                throw new RefusedException(
                        ErrorCode.MASTER_CONFIRM_REQUIRED,
                        "a master may send prompts to other agents; add --confirm if that is meant");
            }
            ObjectNode params = DaemonAccess.agentParams()
                    .put("agent_id", target)
                    .put("role", role)
                    .put("confirm", confirmed);
            return AgentChange.send(daemon, "set_role", params, arguments, context);
        }
    }
}
