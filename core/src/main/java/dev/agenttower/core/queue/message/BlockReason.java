package dev.agenttower.core.queue.message;

import java.util.Locale;

/** Why a message is blocked. */
public enum BlockReason {
    /** The sender is not an active master. */
    SENDER_ROLE_NOT_PERMITTED,
    /** The target is neither a slave nor a swarm member. */
    TARGET_ROLE_NOT_PERMITTED,
    /** The target agent is inactive or gone. */
    TARGET_NOT_ACTIVE,
    /** The pane of the target is inactive or gone, or the agent lives in another pane now. */
    TARGET_PANE_MISSING,
    /** The container of the target is inactive or gone. */
    TARGET_CONTAINER_INACTIVE,
    /** Routing was disabled. */
    KILL_SWITCH_OFF,
    /** An operator delayed the message. */
    OPERATOR_DELAYED;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in the store and on the wire. */
    public String wire() {
        return wire;
    }

    /** Whether an operator may approve a message that is blocked for this reason. */
    public boolean isApprovable(boolean routingEnabled) {
        return switch (this) {
            case OPERATOR_DELAYED, TARGET_NOT_ACTIVE, TARGET_PANE_MISSING, TARGET_CONTAINER_INACTIVE -> true;
            case KILL_SWITCH_OFF -> routingEnabled;
            case SENDER_ROLE_NOT_PERMITTED, TARGET_ROLE_NOT_PERMITTED -> false;
        };
    }
}
