package dev.agenttower.core.agent.state;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an agent does. */
public enum AgentState {
    /** Its session has just begun. */
    STARTING,
    /** It thinks, uses a tool, or has a sub-agent at work. */
    WORKING,
    /** Its client asks whether it may use a tool. */
    WAITING_PERMISSION,
    /** It asks a question. */
    WAITING_INPUT,
    /** It waits for a prompt. */
    IDLE,
    /** Its last turn failed: the limit of its provider, an overload, a refusal. */
    ERROR,
    /** It should be working, and gave no sign for the time of the settings. */
    STUCK,
    /** Its client has ended. */
    ENDED,
    /** Nothing was heard or read of it yet. */
    UNKNOWN;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The state of this name in protocols. */
    public static Optional<AgentState> parse(String wire) {
        return Arrays.stream(values()).filter(state -> state.wire.equals(wire)).findFirst();
    }

    /** The name in protocols. */
    public String wire() {
        return wire;
    }

    /** Whether it goes on only if a person does something. */
    public boolean needsPerson() {
        return switch (this) {
            case WAITING_PERMISSION, WAITING_INPUT, ERROR, STUCK -> true;
            case STARTING, WORKING, IDLE, ENDED, UNKNOWN -> false;
        };
    }
}
