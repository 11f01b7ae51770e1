package dev.agenttower.core.governance.policy;

import java.util.List;

/**
 * A role for display: its jurisdiction and the specs that name it.
 *
 * @param name the role
 * @param paths the paths it covers
 * @param actionTypes the action types of its jurisdiction and of its specs
 * @param specs the specs that name it
 * @param locked whether it must be unlocked before it is edited
 */
public record RoleView(String name, List<String> paths, List<String> actionTypes, List<String> specs, boolean locked) {
    /** Copies the lists. */
    public RoleView {
        paths = List.copyOf(paths);
        actionTypes = List.copyOf(actionTypes);
        specs = List.copyOf(specs);
    }
}
