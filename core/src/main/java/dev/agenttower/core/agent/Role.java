package dev.agenttower.core.agent;

import java.util.Arrays;
import java.util.Optional;

/** The role of an agent, which decides to which roles it may send. In the order of listings. */
public enum Role {
    /** Directs slaves and swarms. */
    MASTER("master", 1),
    /** Receives prompts. */
    SLAVE("slave", 2),
    /** Receives prompts and belongs to a slave. */
    SWARM("swarm", 3),
    /** Runs tests. */
    TEST_RUNNER("test-runner", 4),
    /** A person's shell. */
    SHELL("shell", 5),
    /** Not set. */
    UNKNOWN("unknown", 6);

    private final String wire;
    private final int priority;

    Role(String wire, int priority) {
        this.wire = wire;
        this.priority = priority;
    }

    /** The role of this stored and transmitted name. */
    public static Optional<Role> parse(String wire) {
        return Arrays.stream(values()).filter(role -> role.wire.equals(wire)).findFirst();
    }

    /** The name in the store and on the wire. */
    public String wire() {
        return wire;
    }

    /** The position in listings, 1 for {@link #MASTER} to 6 for {@link #UNKNOWN}. */
    public int priority() {
        return priority;
    }

    /** The permissions of the role, as stored: compact JSON with {@code can_send}, {@code can_receive} and {@code can_send_to_roles}. */
    public String permissionsJson() {
        return switch (this) {
            case MASTER -> "{\"can_send\":true,\"can_receive\":false,\"can_send_to_roles\":[\"slave\",\"swarm\"]}";
            case SLAVE, SWARM -> "{\"can_send\":false,\"can_receive\":true,\"can_send_to_roles\":[]}";
            case TEST_RUNNER, SHELL, UNKNOWN -> "{\"can_send\":false,\"can_receive\":false,\"can_send_to_roles\":[]}";
        };
    }
}
