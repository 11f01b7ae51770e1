package dev.agenttower.core.agent.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of an agent at one time.
 *
 * @param since when the state began; null while it is unknown
 * @param detail the tool at work, what is asked, or the kind of failure; one line without secrets, or empty
 * @param evidence by what it is known; null while it is unknown
 */
public record AgentStatus(
        AgentState state,
        @Nullable Instant since,
        String detail,
        @Nullable Evidence evidence) {
    /** Nothing is known. */
    public static final AgentStatus UNKNOWN = new AgentStatus(AgentState.UNKNOWN, null, "", null);
}
