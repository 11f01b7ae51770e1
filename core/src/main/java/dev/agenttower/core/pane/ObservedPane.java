package dev.agenttower.core.pane;

import org.jspecify.annotations.Nullable;

/**
 * A pane as printed by tmux, neither cleaned nor truncated.
 *
 * @param paneId tmux's id, such as {@code %3}; unique within one tmux server
 * @param pid the process of the pane, in the pid namespace of its container
 * @param focused whether it is the active pane of its window
 * @param identity its server and process, or null where tmux does not report them; then only the address identifies the pane
 * @param isPiped whether what it prints goes to a command ({@code pipe-pane}), or null where tmux does not report it
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
        @Nullable PaneIdentity identity,
        @Nullable Boolean isPiped) {
    /** A pane identified only by its address, of whose pipe nothing is known. */
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
        this(
                sessionName,
                windowIndex,
                paneIndex,
                paneId,
                pid,
                tty,
                currentCommand,
                currentPath,
                title,
                focused,
                null,
                null);
    }

    /** A copy with this identity. */
    public ObservedPane identified(@Nullable PaneIdentity known) {
        return new ObservedPane(
                sessionName,
                windowIndex,
                paneIndex,
                paneId,
                pid,
                tty,
                currentCommand,
                currentPath,
                title,
                focused,
                known,
                isPiped);
    }
}
