package dev.agenttower.core.bench;

/**
 * Tells when panes of a bench are opened or closed. An implementation must notice within three seconds, cost nothing worth measuring
 * while nothing happens, leave the user's tmux alone as {@link PaneSource} does, survive the end and the start of tmux servers, and
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
