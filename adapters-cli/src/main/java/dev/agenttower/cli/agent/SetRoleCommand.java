package dev.agenttower.cli.agent;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower set-role}. */
@Command(
        name = "set-role",
        description = "change the role of an agent",
        footer = {
            "  agenttower set-role --target agt_0123456789ab --role slave",
            "  agenttower set-role --target agt_0123456789ab --role master --confirm"
        })
public final class SetRoleCommand implements Runnable {
    @Mixin
    private AgentChange change;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            description = "master, slave, test-runner, shell or unknown")
    private String role;

    @Option(names = "--confirm", description = "confirm the role master")
    private boolean isConfirmed;

    @Override
    public void run() {
        change.send("set_role", params -> {
            if (role.equals("swarm")) {
                throw new RefusedException(
                        ErrorCode.SWARM_ROLE_VIA_SET_ROLE_REJECTED,
                        "an agent becomes a swarm agent only at registration, with its parent:"
                                + " `agenttower register-self --role swarm --parent AGENT_ID`");
            }
            if (role.equals("master") && !isConfirmed) {
                throw new RefusedException(
                        ErrorCode.MASTER_CONFIRM_REQUIRED,
                        "a master may send prompts to other agents; add --confirm if that is meant");
            }
            return params.put("role", role).put("confirm", isConfirmed);
        });
    }
}
