package dev.agenttower.core.governance.role;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A caller whose role is to be resolved.
 *
 * @param agent the agent name it claims
 * @param claimedRole the role it claims from its environment; null or blank for none
 * @param lineage its process and ancestors, nearest first; empty when unknown
 */
public record RoleClaim(String agent, @Nullable String claimedRole, List<LiveProcess> lineage) {
    /** Copies the lineage. */
    public RoleClaim {
        lineage = List.copyOf(lineage);
    }
}
