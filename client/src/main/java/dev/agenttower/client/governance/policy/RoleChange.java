package dev.agenttower.client.governance.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a role's rights. Null leaves a part unchanged.
 *
 * @param paths all paths of its jurisdiction; not empty
 * @param actionTypes all its listed action types
 * @param locked whether to lock it against further changes
 * @param unlock whether to unlock a locked role first
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
