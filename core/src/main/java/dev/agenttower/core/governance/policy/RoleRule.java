package dev.agenttower.core.governance.policy;

import java.util.List;

/**
 * The entry of a role in the jurisdictions.
 *
 * @param paths the paths it covers
 * @param actionTypes its action types, for display only; not enforced
 * @param locked whether it must be unlocked before it is edited
 */
public record RoleRule(PathSet paths, List<String> actionTypes, boolean locked) {
    /** Copies the actions. */
    public RoleRule {
        actionTypes = List.copyOf(actionTypes);
    }
}
