package dev.agenttower.core.governance.policy;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a spec authorizes.
 *
 * @param title its title
 * @param status its status; {@code approved} and {@code active} authorize, case included
 * @param roles whom it authorizes
 * @param actionTypes to do what
 * @param paths where
 */
public record SpecRule(String title, String status, Set<String> roles, Set<String> actionTypes, PathSet paths) {
    /** Copies the sets. */
    public SpecRule {
        roles = new LinkedHashSet<>(roles);
        actionTypes = new LinkedHashSet<>(actionTypes);
    }

    /** Whether it authorizes anything. */
    public boolean isInForce() {
        return status.equals("approved") || status.equals("active");
    }

    /** Whether it authorizes a role to do something. */
    public boolean authorizes(String role, String action) {
        return isInForce() && roles.contains(role) && actionTypes.contains(action);
    }
}
