package dev.agenttower.client.governance.policy;

import java.util.List;

/**
 * The rights that a spec grants: roles, action types and paths.
 *
 * @param status only {@code approved} and {@code active} grant rights
 */
public record SpecRights(
        String id, String title, String status, List<String> roles, List<String> actionTypes, List<String> paths) {
    /** Copies the lists. */
    public SpecRights {
        roles = List.copyOf(roles);
        actionTypes = List.copyOf(actionTypes);
        paths = List.copyOf(paths);
    }

    /** Whether it grants rights. */
    public boolean isInForce() {
        return status.equals("approved") || status.equals("active");
    }
}
