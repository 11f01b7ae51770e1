package dev.agenttower.core.governance.hook;

import dev.agenttower.core.governance.role.LiveProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent that is about to make a tool call.
 *
 * @param client the client that it runs in
 * @param agent its name
 * @param role the role that its environment names; null for none
 * @param specId the spec that its environment names; null for none
 * @param sessionId the client's own session; null if unknown
 * @param lineage the process of the hook and its ancestors, nearest first; empty when unknown
 */
public record ToolCaller(
        AgentClient client,
        String agent,
        @Nullable String role,
        @Nullable String specId,
        @Nullable String sessionId,
        List<LiveProcess> lineage) {
    /** Copies the lineage. */
    public ToolCaller {
        lineage = List.copyOf(lineage);
    }
}
