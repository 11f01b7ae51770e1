package dev.agenttower.core.governance.human;

import static java.util.Objects.requireNonNull;

/**
 * One pane of tmux on the host.
 *
 * @param server the process of its server
 * @param paneId the id of the pane, such as {@code %3}, which the server gives to no other one
 */
public record PaneMark(long server, String paneId) {
    /** Checks the values. */
    public PaneMark {
        requireNonNull(paneId, "paneId");
    }
}
