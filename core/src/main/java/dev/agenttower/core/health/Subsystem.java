package dev.agenttower.core.health;

import java.util.Locale;

/** The parts of the tower whose state is shown, in the order of display. */
public enum Subsystem {
    /** The container engine. */
    DOCKER,
    /** The discovery of panes. */
    TMUX_DISCOVERY,
    /** The database. */
    SQLITE,
    /** The audit trail. */
    JSONL,
    /** Delivery and routing of messages. */
    ROUTING_WORKER,
    /** The recording of pane logs. */
    LOG_ATTACHMENT_WORKERS;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
