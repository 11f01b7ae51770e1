package dev.agenttower.cli.governance;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.role.Actor;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The agent and role that a command acts as: from its options, else its environment, else the daemon. */
public final class ActorOptions {
    private static final String ROLE_VARIABLE = "ADT_ROLE";
    private static final String AGENT_VARIABLE = "ADT_AGENT";

    private final CliContext context;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "act in this role; default: $ADT_ROLE, or the role shown by `whoami`")
    private @Nullable String role;

    @Option(names = "--agent", paramLabel = "NAME", description = "act as this agent; default: $ADT_AGENT, or CLI")
    private @Nullable String agent;

    ActorOptions(CliContext context) {
        this.context = context;
    }

    public Actor actor(GovernanceClient client) {
        @Nullable String knownAgent = firstGiven(agent, context.variable(AGENT_VARIABLE));
        @Nullable String knownRole = firstGiven(role, claimedRole(context));
        return new Actor(knownAgent == null ? "CLI" : knownAgent, knownRole == null ? roleOfCaller(client) : knownRole);
    }

    /** The role that the environment claims, or null. */
    public static @Nullable String claimedRole(CliContext context) {
        return firstGiven(context.variable(ROLE_VARIABLE), null);
    }

    private static String roleOfCaller(GovernanceClient client) {
        @Nullable String role = client.identity(null, null).role();
        if (role == null) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "no role is known for you here; name one with --role, or set ADT_ROLE");
        }
        return role;
    }

    /** The first of two texts that is not blank, or null. */
    static @Nullable String firstGiven(@Nullable String first, @Nullable String second) {
        return first != null && !first.isBlank() ? first : second != null && !second.isBlank() ? second : null;
    }
}
