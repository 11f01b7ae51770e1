package dev.agenttower.core.pane;

/**
 * A stored pane. Time stamps are kept as stored text.
 *
 * @param containerUser the user that tmux was run as
 * @param pid the process of the pane, in the pid namespace of its container
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
