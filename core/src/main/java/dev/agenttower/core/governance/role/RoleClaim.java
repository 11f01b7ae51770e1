package dev.agenttower.core.governance.role;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a caller.
 *
 * @param agent the name it gives itself
 * @param claimedRole the role that it says its environment gives it; null or blank when it says none
 * @param lineage its own process and those above it, nearest first; empty when they are not known
 */
public record RoleClaim(String agent, @Nullable String claimedRole, List<LiveProcess> lineage) {
    /** Copies the lineage. */
    public RoleClaim {
        lineage = List.copyOf(lineage);
    }
}
