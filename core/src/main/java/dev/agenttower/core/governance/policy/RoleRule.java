package dev.agenttower.core.governance.policy;

import java.util.List;

/**
 * What the jurisdictions say of a role.
 *
 * @param paths what it covers
 * @param actionTypes what it is shown to do; not enforced
 * @param locked whether it may be edited only after it is unlocked
 */
public record RoleRule(PathSet paths, List<String> actionTypes, boolean locked) {
    /** Copies the actions. */
    public RoleRule {
        actionTypes = List.copyOf(actionTypes);
    }
}
