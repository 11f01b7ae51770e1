package dev.agenttower.core.governance.human;

import static java.util.Objects.requireNonNull;

/**
 * A pane on the host in which an agent is registered.
 *
 * @param pid the first process of the pane
 * @param terminal the terminal of the pane, such as {@code /dev/pts/3}
 * @param paneId the id of the pane, such as {@code %3}
 */
public record AgentPane(long pid, String terminal, String paneId) {
    /** Checks the values. */
    public AgentPane {
        requireNonNull(terminal, "terminal");
        requireNonNull(paneId, "paneId");
    }
}
