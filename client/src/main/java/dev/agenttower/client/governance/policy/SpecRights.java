package dev.agenttower.client.governance.policy;

import java.util.List;

/**
 * What a spec authorizes, whom, and where.
 *
 * @param status {@code approved} and {@code active} authorize, nothing else does
 */
public record SpecRights(
        String id, String title, String status, List<String> roles, List<String> actionTypes, List<String> paths) {
    /** Copies the lists. */
    public SpecRights {
        roles = List.copyOf(roles);
        actionTypes = List.copyOf(actionTypes);
        paths = List.copyOf(paths);
    }

    /** Whether it authorizes anything. */
    public boolean isInForce() {
        return status.equals("approved") || status.equals("active");
    }
}
