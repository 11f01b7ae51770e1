package dev.agenttower.core.agent;

import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * What a control panel asks for when it adopts a pane. Names and texts are as they were given; a value that is not given is kept where the
 * pane has an agent already, and is its default where not.
 *
 * @param role the name of a role; null is not given
 * @param capability the name of a capability; null is not given
 * @param label empty clears it; kept without the blanks around it
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
