package dev.agenttower.core.pane;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What makes a pane itself, together with its tmux id, which its server gives to no other pane. Its address may change.
 *
 * @param processStart when the pane's process was started, in clock ticks since the boot of the machine; null where it is not known, as in
 *     containers
 */
public record PaneIdentity(TmuxServer server, @Nullable Long processStart) {
    /** Checks the values. */
    public PaneIdentity {
        requireNonNull(server, "server");
    }
}
