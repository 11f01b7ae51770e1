package dev.agenttower.core.discovery;

import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.TmuxServer;
import org.jspecify.annotations.Nullable;

/**
 * A pane seen by a scan, in its stored form.
 *
 * @param identity null where tmux did not report it
 * @param isPiped null likewise
 */
record SeenPane(
        Pane pane,
        @Nullable PaneIdentity identity,
        @Nullable Boolean isPiped) {
    PaneKey key() {
        return pane.key();
    }

    @Nullable TmuxServer server() {
        return identity == null ? null : identity.server();
    }
}
