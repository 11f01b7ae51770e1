package dev.agenttower.core.bench;

/**
 * What makes a pane itself: where its tmux server listens and where tmux has put it.
 *
 * @param socketPath the tmux socket, in the bench
 * @param paneId tmux's id, such as {@code %3}
 */
public record PaneKey(
        ContainerId container, String socketPath, String sessionName, int windowIndex, int paneIndex, String paneId) {}
