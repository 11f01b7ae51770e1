package dev.agenttower.core.pane;

/**
 * A pane as it is stored. Time stamps are kept as the text they were stored as.
 *
 * @param containerUser the user that tmux was asked as
 * @param pid the process of the pane, in the bench's own numbering
 * @param focused whether it was the active pane of its window
 * @param active whether it existed at the last scan
 */
public record Pane(
        PaneKey key,
        String containerName,
        String containerUser,
        long pid,
        String tty,
        String currentCommand,
        String currentPath,
        String title,
        boolean focused,
        boolean active,
        String firstSeenAt,
        String lastScannedAt) {}
