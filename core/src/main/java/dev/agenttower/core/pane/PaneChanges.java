package dev.agenttower.core.pane;

import dev.agenttower.core.container.Subscription;

/**
 * Reports panes of a bench container being opened, closed, moved or renamed. An implementation must detect the first two within 3 s and the
 * others within 4.5 s, cost nothing measurable while idle, not affect the user's tmux, like {@link PaneSource}, survive the end and the start of
 * tmux servers, and leave no process running in the container when the watch ends or the daemon is killed.
 */
public interface PaneChanges {
    /**
     * Starts watching a container.
     *
     * @param changed called after panes may have changed; never from two threads at once
     */
    Subscription watch(BenchTarget target, Runnable changed);
}
