package dev.agenttower.core.governance.human;

import static java.util.Objects.requireNonNull;

/**
 * A tmux pane on the host.
 *
 * @param server the process of its server
 * @param paneId the id of the pane, such as {@code %3}, which the server never reuses
 */
public record PaneMark(long server, String paneId) {
    /** Checks the values. */
    public PaneMark {
        requireNonNull(paneId, "paneId");
    }
}
