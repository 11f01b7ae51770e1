package dev.agenttower.core.queue.message;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.Role;

/**
 * Who sends a message or decides about one: an agent, or a person on the host.
 *
 * @param active whether the agent is active; true for a person
 */
public record Actor(Participant participant, boolean active) {
    /** The identity of a person on the host. */
    public static final String HOST_OPERATOR = "host-operator";

    /** A person on the host, with the rights of a master. */
    public static Actor hostOperator() {
        return new Actor(new Participant(HOST_OPERATOR, HOST_OPERATOR, Role.MASTER.wire(), ""), true);
    }

    /** An agent as it is now. */
    public static Actor of(Agent agent) {
        return new Actor(Participant.of(agent), agent.active());
    }

    /** The identity in audit records. */
    public String id() {
        return participant.agentId();
    }

    /** Whether it is an active master, or a person. */
    public boolean isMaster() {
        return active && participant.role().equals(Role.MASTER.wire());
    }
}
