package dev.agenttower.cli.dashboard;

import dev.agenttower.core.agent.state.AgentState;

/**
 * The active agent of a pane, with the values of the socket protocol.
 *
 * @param state what it does, {@code unknown} if that is not known
 * @param since since when, in UTC; empty if that is not known
 * @param detail on what it works, or what it asks; may be empty
 * @param project the folder of its project; may be empty
 */
public record PaneAgent(
        String agentId,
        String role,
        String capability,
        String label,
        String state,
        String since,
        String detail,
        String project) {
    /** Whether it goes on only if a person does something. */
    public boolean needsPerson() {
        return AgentState.parse(state).filter(AgentState::needsPerson).isPresent();
    }

    /** Whether it is known what it does. */
    boolean hasState() {
        return !state.equals("unknown");
    }

    /** Its state in words, with the detail. */
    String doing() {
        return state.replace('_', ' ') + (detail.isEmpty() ? "" : ": " + detail);
    }

    /** Its label, or its id if it has none. */
    public String name() {
        return label.isEmpty() ? agentId : label;
    }

    /** Whether role, capability and label are known. */
    boolean isDescribed() {
        return !role.equals("unknown") && !capability.equals("unknown") && !label.isEmpty() && !label.equals("unknown");
    }
}
