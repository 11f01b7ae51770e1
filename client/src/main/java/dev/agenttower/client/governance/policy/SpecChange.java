package dev.agenttower.client.governance.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of whom a spec authorizes, and to do what. What is null stays as it is; not both are.
 *
 * @param roles all roles
 * @param actionTypes all actions
 */
public record SpecChange(
        @Nullable List<String> roles, @Nullable List<String> actionTypes) {
    /** Copies the lists, and checks that something is to be changed. */
    public SpecChange {
        if (roles == null && actionTypes == null) {
            throw new IllegalArgumentException("nothing is to be changed");
        }
        roles = roles == null ? null : List.copyOf(roles);
        actionTypes = actionTypes == null ? null : List.copyOf(actionTypes);
    }
}
