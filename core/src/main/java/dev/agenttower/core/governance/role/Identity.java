package dev.agenttower.core.governance.role;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom a caller is taken for, and why.
 *
 * @param agent the agent
 * @param role its role, as the project spells it; null when it has none
 * @param source what the role was taken from
 * @param session the session it belongs to; null when it belongs to none
 * @param why the same for a person, in one sentence
 */
public record Identity(
        String agent,
        @Nullable String role,
        RoleSource source,
        @Nullable GovernedSession session,
        String why) {
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
