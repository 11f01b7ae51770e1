package dev.agenttower.core.governance.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a tool call.
 *
 * @param objections why it must not be made, each one or more lines for the agent to read; empty if there is no objection
 * @param question what a person is to be asked before it is made; null for nothing
 */
public record ToolVerdict(List<String> objections, @Nullable String question) {
    /** The call is the client's own affair. */
    public static final ToolVerdict NO_OPINION = new ToolVerdict(List.of(), null);

    /** Copies the objections. */
    public ToolVerdict {
        objections = List.copyOf(objections);
    }
}
