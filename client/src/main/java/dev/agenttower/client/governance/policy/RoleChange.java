package dev.agenttower.client.governance.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of what a role may do. What is null stays as it is.
 *
 * @param paths all paths of its jurisdiction; not empty
 * @param actionTypes all that it is shown to do
 * @param locked whether it is to be locked against further changes
 * @param unlock whether a locked role is to be unlocked first
 */
public record RoleChange(
        @Nullable List<String> paths,
        @Nullable List<String> actionTypes,
        @Nullable Boolean locked,
        boolean unlock) {
    /** Copies the lists. */
    public RoleChange {
        paths = paths == null ? null : List.copyOf(paths);
        actionTypes = actionTypes == null ? null : List.copyOf(actionTypes);
    }
}
