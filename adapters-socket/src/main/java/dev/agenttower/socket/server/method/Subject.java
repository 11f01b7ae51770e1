package dev.agenttower.socket.server.method;

import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * What a call is about, for the details of a refusal; null where it is not about such a thing.
 *
 * @param agentId an agent that is changed
 * @param parentId the parent of an agent
 * @param pane a pane that is adopted
 */
public record Subject(
        @Nullable String agentId,
        @Nullable String parentId,
        @Nullable PaneKey pane) {
    /** Nothing in particular. */
    public static final Subject NONE = new Subject(null, null, null);
}
