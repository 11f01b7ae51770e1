package dev.agenttower.core.pane;

import dev.agenttower.core.container.ContainerId;

/**
 * The address of a pane: where its tmux server listens and where tmux has put it. It is unique at any time, and changes when the pane is moved
 * or its session renamed; see {@link PaneIdentity} for what stays.
 *
 * @param socketPath the tmux socket, in the bench
 * @param paneId tmux's id, such as {@code %3}
 */
public record PaneKey(
        ContainerId container, String socketPath, String sessionName, int windowIndex, int paneIndex, String paneId) {}
