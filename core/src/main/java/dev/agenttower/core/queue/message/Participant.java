package dev.agenttower.core.queue.message;

import dev.agenttower.core.agent.Agent;
import org.jspecify.annotations.Nullable;

/**
 * The sender or the target of a message, as it was when the message was sent.
 *
 * @param agentId the id of an agent, or {@link Actor#HOST_OPERATOR}
 * @param role the role as stored
 * @param capability the capability as stored, or null
 */
public record Participant(
        String agentId, String label, String role, @Nullable String capability) {
    /** An agent as it is now. */
    public static Participant of(Agent agent) {
        return new Participant(
                agent.id().value(),
                agent.label(),
                agent.role().wire(),
                agent.capability().wire());
    }
}
