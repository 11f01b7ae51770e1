package dev.agenttower.core.queue.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a message. */
public enum MessageState {
    /** Waits for its delivery, or is being delivered. */
    QUEUED(1, false),
    /** Waits for a decision of an operator. */
    BLOCKED(2, false),
    /** Was typed into the pane and submitted. */
    DELIVERED(4, true),
    /** An operator gave it up. */
    CANCELED(5, true),
    /** Its only delivery attempt failed, or was interrupted. */
    FAILED(3, true);

    private final int priority;
    private final boolean terminal;
    private final String wire = name().toLowerCase(Locale.ROOT);

    MessageState(int priority, boolean terminal) {
        this.priority = priority;
        this.terminal = terminal;
    }

    /** The state of this stored and transmitted name. */
    public static Optional<MessageState> parse(String wire) {
        return Arrays.stream(values()).filter(state -> state.wire.equals(wire)).findFirst();
    }

    /** The name in the store and on the wire. */
    public String wire() {
        return wire;
    }

    /** The position in lists of control panels, 1 for {@link #QUEUED} to 5 for {@link #CANCELED}. */
    public int priority() {
        return priority;
    }

    /** Whether no transition leaves this state. */
    public boolean isTerminal() {
        return terminal;
    }
}
