package dev.agenttower.core.agent.screen;

import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.Evidence;
import dev.agenttower.core.agent.state.Reading;
import dev.agenttower.core.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * What the screen of a client shows.
 *
 * @param reading the state, by {@link Evidence#SCREEN}
 * @param input what is typed into the input box and not sent, empty if that is nothing; at most 200 code points on one line. Null if there is
 *     no input box, so that keys mean something else
 */
public record ScreenReading(Reading reading, @Nullable String input) {
    private static final int MOST = 200;

    /** Makes the input a short line. */
    public ScreenReading {
        input = input == null ? null : Text.singleLine(input, MOST);
    }

    static ScreenReading of(AgentState state, String detail, String source, @Nullable String input) {
        return new ScreenReading(new Reading(state, detail, Evidence.SCREEN, state.wire() + " " + source), input);
    }

    /** Whether a dialog or a menu takes the keys: Enter would choose what it offers. */
    public boolean isDialog() {
        return reading.state() == AgentState.WAITING_PERMISSION || reading.state() == AgentState.WAITING_INPUT;
    }
}
