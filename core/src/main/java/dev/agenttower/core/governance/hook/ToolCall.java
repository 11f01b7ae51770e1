package dev.agenttower.core.governance.hook;

import java.util.List;

/**
 * A tool call of an agent.
 *
 * @param tool the name of the tool, as the client writes it
 * @param edits the files that it would change; empty if it changes none, or none that can be known before
 */
public record ToolCall(String tool, List<FileEdit> edits) {
    /** Copies the edits. */
    public ToolCall {
        edits = List.copyOf(edits);
    }
}
