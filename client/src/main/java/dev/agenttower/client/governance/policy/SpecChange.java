package dev.agenttower.client.governance.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of the roles and action types that a spec authorizes. Null leaves a part unchanged; at most one is null.
 *
 * @param roles all authorized roles
 * @param actionTypes all authorized action types
 */
public record SpecChange(
        @Nullable List<String> roles, @Nullable List<String> actionTypes) {
    /** Copies the lists, and checks that at least one is given. */
    public SpecChange {
        if (roles == null && actionTypes == null) {
            throw new IllegalArgumentException("nothing is to be changed");
        }
        roles = roles == null ? null : List.copyOf(roles);
        actionTypes = actionTypes == null ? null : List.copyOf(actionTypes);
    }
}
