package dev.agenttower.core.agent.state;

import dev.agenttower.core.text.Redaction;
import dev.agenttower.core.text.Text;

/**
 * What a hook tells of an agent.
 *
 * @param session the client's own session, or empty
 * @param subagent the sub-agent that it is about, or empty for the agent itself
 * @param tool the name of the tool that it is about; empty where there is none, and in {@link Kind#PERMISSION_ASKED} for whatever tool is meant
 * @param detail what is asked, how a session began or ended, or the kind of failure; one line without secrets, at most 200 code points
 */
public record Sign(Kind kind, String session, String subagent, String tool, String detail) {
    /** The most code points of one of the texts. */
    public static final int MOST = 200;

    /** Makes the texts short lines, and removes secrets from the detail. */
    public Sign {
        session = line(session);
        subagent = line(subagent);
        tool = line(tool);
        // Long enough that a secret at the cut is still recognised.
        detail = line(Redaction.redact(Text.singleLine(detail, 2 * MOST)));
    }

    private static String line(String text) {
        return Text.singleLine(text, MOST);
    }

    /** What happened. */
    public enum Kind {
        /** A session began, or begins anew; the detail says how: {@code startup}, {@code resume}, {@code clear}, {@code compact}. */
        SESSION_STARTED,
        /** A prompt was given. */
        PROMPT_SUBMITTED,
        /** A tool is about to be used. */
        TOOL_BEGAN,
        /** The use of a tool ended, well or not. */
        TOOL_ENDED,
        /** A dialog asks whether a tool may be used. */
        PERMISSION_ASKED,
        /** A dialog asks a question of the agent's own, by the tool that is named. */
        QUESTION_ASKED,
        /** The agent finished, and waits for a prompt. */
        TURN_ENDED,
        /** The agent gave up. */
        TURN_FAILED,
        /** A person stopped it. */
        INTERRUPTED,
        /** A sub-agent began. */
        SUBAGENT_STARTED,
        /** A sub-agent ended. */
        SUBAGENT_ENDED,
        /** A session ended; the detail {@code clear} announces the next one. */
        SESSION_ENDED
    }
}
