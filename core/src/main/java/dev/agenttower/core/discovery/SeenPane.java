package dev.agenttower.core.discovery;

import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.TmuxServer;
import org.jspecify.annotations.Nullable;

/**
 * A pane that a scan saw, as it is to be stored.
 *
 * @param identity null where tmux did not tell
 */
record SeenPane(Pane pane, @Nullable PaneIdentity identity) {
    PaneKey key() {
        return pane.key();
    }

    @Nullable TmuxServer server() {
        return identity == null ? null : identity.server();
    }
}
