package dev.agenttower.core.queue.message;

import java.util.Locale;

/** What an operator decided about a message. */
public enum OperatorAction {
    /** A blocked message was queued again. */
    APPROVED,
    /** A queued message was blocked. */
    DELAYED,
    /** A message was given up. */
    CANCELED;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in the store and on the wire. */
    public String wire() {
        return wire;
    }
}
