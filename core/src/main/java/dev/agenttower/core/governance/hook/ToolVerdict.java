package dev.agenttower.core.governance.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a tool call.
 *
 * @param objections why it must not be made, each one or more lines for the agent to read; empty if there is no objection
 * @param question what a person is to be asked before it is made; null for nothing
 * @param paths the paths that were judged by the policy, in the order of the call
 */
public record ToolVerdict(List<String> objections, @Nullable String question, List<Judged> paths) {
    /** The call is the client's own affair. */
    public static final ToolVerdict NO_OPINION = new ToolVerdict(List.of(), null, List.of());

    /** Copies the lists. */
    public ToolVerdict {
        objections = List.copyOf(objections);
        paths = List.copyOf(paths);
    }

    /**
     * What was judged of a path.
     *
     * @param action what the call does with it, such as {@code edit}
     * @param path as the call named it for its project
     * @param denial why not, as the policy says it; null if it may
     */
    public record Judged(
            String action, String path, @Nullable String denial) {}
}
