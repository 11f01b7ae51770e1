package dev.agenttower.core.bench;

/**
 * A pane as tmux printed it, neither cleaned nor cut.
 *
 * @param paneId tmux's id, such as {@code %3}; unique within one tmux server
 * @param pid the process of the pane, in the bench's own numbering
 * @param focused whether it is the active pane of its window
 */
public record ObservedPane(
        String sessionName,
        int windowIndex,
        int paneIndex,
        String paneId,
        long pid,
        String tty,
        String currentCommand,
        String currentPath,
        String title,
        boolean focused) {}
