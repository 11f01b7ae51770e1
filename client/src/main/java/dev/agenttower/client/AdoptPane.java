package dev.agenttower.client;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * The wish to adopt a pane as an agent. What is null is not sent.
 *
 * @param label a null label clears the label of an agent that is adopted again
 */
public record AdoptPane(
        PaneKey pane,
        @Nullable String role,
        @Nullable String capability,
        @Nullable String label,
        @Nullable String projectPath,
        @Nullable String parentAgentId) {
    /** Checks that there is a pane. */
    public AdoptPane {
        requireNonNull(pane, "pane");
    }
}
