package dev.agenttower.core.pane;

import org.jspecify.annotations.Nullable;

/**
 * A pane as tmux printed it, neither cleaned nor cut.
 *
 * @param paneId tmux's id, such as {@code %3}; unique within one tmux server
 * @param pid the process of the pane, in the bench's own numbering
 * @param focused whether it is the active pane of its window
 * @param identity its server and process, or null where tmux does not tell; the pane is then known by its address alone
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
        boolean focused,
        @Nullable PaneIdentity identity) {
    /** A pane that is known by its address alone. */
    public ObservedPane(
            String sessionName,
            int windowIndex,
            int paneIndex,
            String paneId,
            long pid,
            String tty,
            String currentCommand,
            String currentPath,
            String title,
            boolean focused) {
        this(sessionName, windowIndex, paneIndex, paneId, pid, tty, currentCommand, currentPath, title, focused, null);
    }
}
