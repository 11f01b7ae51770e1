package dev.agenttower.core.queue;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.SendOptions;
import java.util.Optional;
import java.util.function.Function;

/** Whether the client of an agent would take what is typed for a prompt, by the state of the agent as far as it is known. */
public final class TypingReadiness {
    private final Function<AgentId, AgentState> states;
    private final boolean joinsTurns;
    private final boolean joinsInput;

    /**
     * Readiness by these states.
     *
     * @param joinsTurns whether prompts are typed while the agent works where their senders ask for nothing else; the clients keep them until a
     *     tool or the turn has ended
     * @param joinsInput whether prompts are typed behind what a person has typed and not sent
     */
    public TypingReadiness(Function<AgentId, AgentState> states, boolean joinsTurns, boolean joinsInput) {
        this.states = requireNonNull(states, "states");
        this.joinsTurns = joinsTurns;
        this.joinsInput = joinsInput;
    }

    boolean joinsInput() {
        return joinsInput;
    }

    /**
     * Why nothing may be typed now. Enter answers an open dialog with yes, in Claude Code, Gemini CLI and Codex. An agent that gives no sign any more is
     * typed to, so that a sign that was missed holds no message for ever.
     */
    Optional<HoldReason> hold(AgentId agent, SendOptions options) {
        return switch (states.apply(agent)) {
            case WAITING_PERMISSION, WAITING_INPUT -> Optional.of(HoldReason.DIALOG_OPEN);
            case WORKING -> options.joinsTurn(joinsTurns) ? Optional.empty() : Optional.of(HoldReason.AGENT_WORKING);
            case STARTING, IDLE, ERROR, STUCK, ENDED, UNKNOWN -> Optional.empty();
        };
    }
}
