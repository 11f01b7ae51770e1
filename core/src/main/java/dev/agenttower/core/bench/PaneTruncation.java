package dev.agenttower.core.bench;

/**
 * A field of a pane that was longer than its limit.
 *
 * @param paneId the tmux id of the pane, as it was printed
 * @param field the column, such as {@code pane_title}
 * @param originalLength code points after cleaning, before the cut
 */
public record PaneTruncation(
        ContainerId container, String socketPath, String paneId, String field, int originalLength) {}
