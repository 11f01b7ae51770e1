package dev.agenttower.core.governance.policy;

import java.util.List;

/**
 * A role for people: what its jurisdiction says, and the specs that name it.
 *
 * @param name the role
 * @param paths what it covers
 * @param actionTypes what it is said to do, and what its specs let it do
 * @param specs the specs that name it
 * @param locked whether it may be edited only after it is unlocked
 */
public record RoleView(String name, List<String> paths, List<String> actionTypes, List<String> specs, boolean locked) {
    /** Copies the lists. */
    public RoleView {
        paths = List.copyOf(paths);
        actionTypes = List.copyOf(actionTypes);
        specs = List.copyOf(specs);
    }
}
