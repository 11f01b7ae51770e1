package dev.agenttower.core.queue;

import dev.agenttower.core.container.ContainerId;

/** A message that waits for its delivery, with its pane. */
public record WaitingMessage(String messageId, ContainerId container, String paneId) {
    /** The pane, of which at most one message is in delivery. */
    record PaneAddress(ContainerId container, String paneId) {}

    PaneAddress pane() {
        return new PaneAddress(container, paneId);
    }
}
