package dev.agenttower.core.pane;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a pane, together with its tmux id, which its server never reuses. The address of a pane may change.
 *
 * @param processStart when the pane's process was started, in clock ticks since the boot of the machine; null where unknown, as in containers
 */
public record PaneIdentity(TmuxServer server, @Nullable Long processStart) {
    /** Checks the values. */
    public PaneIdentity {
        requireNonNull(server, "server");
    }
}
