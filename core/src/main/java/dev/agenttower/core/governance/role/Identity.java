package dev.agenttower.core.governance.role;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resolved agent and role of a caller.
 *
 * @param agent the agent
 * @param role its role in the project's spelling; null when it has none
 * @param source the source of the role
 * @param session the session it belongs to; null when it belongs to none
 * @param why an explanation for the user, in one sentence
 */
public record Identity(
        String agent,
        @Nullable String role,
        RoleSource source,
        @Nullable GovernedSession session,
        String why) {
    /** The role that a session binds it to; null if none does. */
    public @Nullable String boundRole() {
        return source == RoleSource.BOUND_SESSION ? role : null;
    }

    /**
     * The role.
     *
     * @throws RefusedException FORBIDDEN, if there is none
     */
    public String requiredRole() {
        if (role == null) {
            throw new RefusedException(ErrorCode.FORBIDDEN, why, Map.of("reason", "no_role"));
        }
        return role;
    }
}
