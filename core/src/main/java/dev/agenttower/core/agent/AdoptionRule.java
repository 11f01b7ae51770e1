package dev.agenttower.core.agent;

import org.jspecify.annotations.Nullable;

/**
 * A rule of the settings: panes that fit become agents without a hand.
 *
 * @param name names the rule to people
 * @param container the container by its name; null is any
 * @param session the session of tmux by its name; null is any
 * @param role the role of new agents, neither {@code MASTER} nor {@code SWARM}
 * @param label the label of new agents
 * @param attachLog whether their panes are recorded
 */
public record AdoptionRule(
        String name,
        @Nullable NamePattern container,
        @Nullable NamePattern session,
        Role role,
        Capability capability,
        LabelPattern label,
        boolean attachLog) {
    /**
     * Checks the role.
     *
     * @throws IllegalArgumentException for a role that needs a person or a parent
     */
    public AdoptionRule {
        if (role == Role.MASTER || role == Role.SWARM) {
            throw new IllegalArgumentException("no rule makes an agent " + role.wire());
        }
    }

    /** Whether a pane fits. */
    public boolean matches(AdoptablePane pane) {
        return (container == null || container.matches(pane.containerName()))
                && (session == null || session.matches(pane.pane().sessionName()));
    }
}
