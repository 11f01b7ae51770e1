package dev.agenttower.core.agent;

import java.util.Arrays;
import java.util.Optional;

/** What an agent is for, and so to whom it may send. In the order of listings. */
public enum Role {
    /** Directs slaves and swarms. */
    MASTER("master", 1),
    /** Takes prompts. */
    SLAVE("slave", 2),
    /** Takes prompts, and belongs to a slave. */
    SWARM("swarm", 3),
    /** Runs tests. */
    TEST_RUNNER("test-runner", 4),
    /** A person's shell. */
    SHELL("shell", 5),
    /** Not said yet. */
    UNKNOWN("unknown", 6);

    private final String wire;
    private final int priority;

    Role(String wire, int priority) {
        this.wire = wire;
        this.priority = priority;
    }

    /** The role of this name, as it is stored and sent. */
    public static Optional<Role> parse(String wire) {
        return Arrays.stream(values()).filter(role -> role.wire.equals(wire)).findFirst();
    }

    /** The name, as it is stored and sent. */
    public String wire() {
        return wire;
    }

    /** The place in listings, 1 for {@link #MASTER} to 6 for {@link #UNKNOWN}. */
    public int priority() {
        return priority;
    }

    /** What the role permits, as it is stored: compact JSON with {@code can_send}, {@code can_receive} and {@code can_send_to_roles}. */
    public String permissionsJson() {
        return switch (this) {
            case MASTER -> "{\"can_send\":true,\"can_receive\":false,\"can_send_to_roles\":[\"slave\",\"swarm\"]}";
            case SLAVE, SWARM -> "{\"can_send\":false,\"can_receive\":true,\"can_send_to_roles\":[]}";
            case TEST_RUNNER, SHELL, UNKNOWN -> "{\"can_send\":false,\"can_receive\":false,\"can_send_to_roles\":[]}";
        };
    }
}
