package dev.agenttower.core.directory;

import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * A pane as a control panel shows it.
 *
 * @param agentId the active agent of the pane, or null
 */
public record PaneView(
        PaneKey key, String containerName, @Nullable String agentId, String discoveredAt, String lastSeenAt) {
    /** Whether an active agent is bound to the pane. */
    public boolean registered() {
        return agentId != null;
    }
}
