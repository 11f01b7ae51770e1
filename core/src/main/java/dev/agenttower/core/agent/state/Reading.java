package dev.agenttower.core.agent.state;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.text.Redaction;
import dev.agenttower.core.text.Text;

/**
 * What a client keeps or shows of its state at one time.
 *
 * @param state any that a client can show: not {@link AgentState#STARTING}, {@link AgentState#STUCK} or {@link AgentState#UNKNOWN}
 * @param detail what is asked, or the kind of failure; one line without secrets, or empty
 * @param evidence where it was read
 * @param source the text from which the state was read: when it changes, the client has given a sign of life
 */
public record Reading(AgentState state, String detail, Evidence evidence, String source) {
    /** Checks the values, and makes the detail a short line. */
    public Reading {
        requireNonNull(evidence, "evidence");
        if (state == AgentState.STARTING || state == AgentState.STUCK || state == AgentState.UNKNOWN) {
            throw new IllegalArgumentException("no client shows the state " + state);
        }
        detail = Text.singleLine(Redaction.redact(Text.singleLine(detail, 2 * Sign.MOST)), Sign.MOST);
        source = Text.cut(source, Sign.MOST);
    }
}
