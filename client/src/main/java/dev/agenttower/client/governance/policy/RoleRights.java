package dev.agenttower.client.governance.policy;

import java.util.List;

/** The rights of a role: action types and paths. */
public record RoleRights(
        String name, List<String> paths, List<String> actionTypes, List<String> specs, boolean isLocked) {
    /** Copies the lists. */
    public RoleRights {
        paths = List.copyOf(paths);
        actionTypes = List.copyOf(actionTypes);
        specs = List.copyOf(specs);
    }
}
