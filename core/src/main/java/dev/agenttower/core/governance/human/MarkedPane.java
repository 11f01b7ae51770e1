package dev.agenttower.core.governance.human;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.governance.role.ProcessMark;

/**
 * A pane of tmux in which an agent runs or ran. Its server gives the id to no other pane, so the environment of a process that was started in it
 * names it for good.
 *
 * @param server the process of its server
 * @param paneId the id of the pane, such as {@code %3}
 * @param isWhole whether all of the pane is the agent's, as it is when an agent was registered in it; else the agent was started in a pane that it
 *     shares with a human
 */
public record MarkedPane(ProcessMark server, String paneId, boolean isWhole) {
    /** Checks the values. */
    public MarkedPane {
        requireNonNull(paneId, "paneId");
    }

    /** The pane as environments name it. */
    PaneMark name() {
        return new PaneMark(server.pid(), paneId);
    }

    /** The same, all of it the agent's. */
    MarkedPane whole() {
        return new MarkedPane(server, paneId, true);
    }
}
