package dev.agenttower.core.agent;

import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * A control panel's request to adopt a pane, with names and texts as received. A value that is not given keeps the value of the pane's existing
 * agent, or is the default for a new one.
 *
 * @param role the name of a role; null is not given
 * @param capability the name of a capability; null is not given
 * @param label empty clears it; surrounding blanks are removed
 * @param projectPath null is not given
 * @param parent null is not given
 * @param attachLog whether the panel wants a log of the pane, which only an active container can have
 */
public record AdoptionRequest(
        PaneKey pane,
        @Nullable String role,
        @Nullable String capability,
        String label,
        @Nullable String projectPath,
        @Nullable AgentId parent,
        boolean attachLog) {
    /**
     * Cleans the label.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code VALIDATION_FAILED} for a label with a line break or of more than 256 code points
     */
    public AdoptionRequest {
        label = AgentRules.trimmedLabel(label);
    }
}
