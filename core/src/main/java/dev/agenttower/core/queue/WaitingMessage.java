package dev.agenttower.core.queue;

import dev.agenttower.core.container.ContainerId;

/**
 * A message that waits for its delivery, with its pane.
 *
 * @param now whether it is typed before those that wait for the end of a turn
 */
public record WaitingMessage(String messageId, ContainerId container, String paneId, boolean now) {
    /** The pane, of which at most one message is in delivery. */
    record PaneAddress(ContainerId container, String paneId) {}

    PaneAddress pane() {
        return new PaneAddress(container, paneId);
    }
}
