package dev.agenttower.client;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * The request to adopt a pane as an agent. Null fields are not sent.
 *
 * @param label a null label clears the label of an agent that is adopted again
 * @param attachLog whether the output of the pane is to be recorded as well
 */
public record AdoptPane(
        PaneKey pane,
        @Nullable String role,
        @Nullable String capability,
        @Nullable String label,
        @Nullable String projectPath,
        @Nullable String parentAgentId,
        boolean attachLog) {
    /** Checks that a pane is named. */
    public AdoptPane {
        requireNonNull(pane, "pane");
    }
}
