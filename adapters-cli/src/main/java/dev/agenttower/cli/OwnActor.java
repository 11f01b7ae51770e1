package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.GovernanceClient;
import dev.agenttower.socket.client.governance.Actor;
import dev.agenttower.socket.client.governance.CallerIdentity;
import org.jspecify.annotations.Nullable;

/** In whose name a command acts: what its options say, else its environment, else what the daemon knows. */
final class OwnActor {
    private static final String ROLE_VARIABLE = "ADT_ROLE";
    private static final String AGENT_VARIABLE = "ADT_AGENT";

    private OwnActor() {}

    static Actor of(Arguments arguments, CliContext context, GovernanceClient client) {
        @Nullable String agent = firstGiven(arguments.value(GovernanceAccess.AGENT.name()), context.variable(AGENT_VARIABLE));
        @Nullable String role = firstGiven(arguments.value(GovernanceAccess.ROLE.name()), claimedRole(context));
        return new Actor(agent == null ? "CLI" : agent, role == null ? knownRole(client) : role);
    }

    /** The role that the environment claims, or null. */
    static @Nullable String claimedRole(CliContext context) {
        return firstGiven(context.variable(ROLE_VARIABLE), null);
    }

    private static String knownRole(GovernanceClient client) {
        CallerIdentity identity = client.identity(null, null);
        @Nullable String role = identity.role();
        if (role == null) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "no role is known for you here; name one with --role, or set ADT_ROLE");
        }
        return role;
    }

    private static @Nullable String firstGiven(@Nullable String first, @Nullable String second) {
        return first != null && !first.isBlank() ? first : second != null && !second.isBlank() ? second : null;
    }
}
