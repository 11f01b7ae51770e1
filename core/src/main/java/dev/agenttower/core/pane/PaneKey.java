package dev.agenttower.core.pane;

import dev.agenttower.core.container.ContainerId;

/**
 * The address of a pane: the socket of its tmux server and its position in tmux. Unique at any time; changes when the pane is moved or its
 * session renamed, unlike the {@link PaneIdentity}.
 *
 * @param socketPath the tmux socket, in the container
 * @param paneId tmux's id, such as {@code %3}
 */
public record PaneKey(
        ContainerId container, String socketPath, String sessionName, int windowIndex, int paneIndex, String paneId) {}
