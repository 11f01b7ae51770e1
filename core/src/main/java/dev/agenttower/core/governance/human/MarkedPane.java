package dev.agenttower.core.governance.human;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.governance.role.ProcessMark;

/**
 * A tmux pane in which an agent runs or ran. A server never reuses a pane id, so the environment of a process started in the pane always
 * identifies it.
 *
 * @param server the process of its server
 * @param paneId the id of the pane, such as {@code %3}
 * @param isWhole whether the whole pane belongs to the agent, because the agent was registered in it; else the agent was started in a pane
 *     shared with a human
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

    /** A copy that belongs to the agent as a whole. */
    MarkedPane whole() {
        return new MarkedPane(server, paneId, true);
    }
}
