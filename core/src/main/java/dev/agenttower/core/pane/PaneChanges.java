package dev.agenttower.core.pane;

import dev.agenttower.core.container.Subscription;

/**
 * Tells when panes of a bench are opened, closed, moved or renamed. An implementation must notice the first two within three seconds and the
 * others within four and a half, cost nothing worth measuring while nothing happens, leave the user's tmux alone as {@link PaneSource} does, survive the end and the start of tmux servers, and
 * leave nothing running in the bench when the watch ends or the daemon is killed.
 */
public interface PaneChanges {
    /**
     * Begins to watch a bench.
     *
     * @param changed called after panes may have changed; never from two threads at once
     */
    Subscription watch(BenchTarget target, Runnable changed);
}
