package dev.agenttower.core.governance.policy;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The permissions of a spec.
 *
 * @param title its title
 * @param status its status; only {@code approved} and {@code active} authorize, case-sensitively
 * @param roles the authorized roles
 * @param actionTypes the authorized action types
 * @param paths the covered paths
 */
public record SpecRule(String title, String status, Set<String> roles, Set<String> actionTypes, PathSet paths) {
    /** Copies the sets. */
    public SpecRule {
        roles = new LinkedHashSet<>(roles);
        actionTypes = new LinkedHashSet<>(actionTypes);
    }

    /** Whether its status authorizes. */
    public boolean isInForce() {
        return status.equals("approved") || status.equals("active");
    }

    /** Whether it authorizes a role for an action. */
    public boolean authorizes(String role, String action) {
        return isInForce() && roles.contains(role) && actionTypes.contains(action);
    }
}
