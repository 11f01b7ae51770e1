package dev.agenttower.cli.dashboard;

/** The active agent of a pane, with the values of the socket protocol. */
public record PaneAgent(String agentId, String role, String capability, String label) {
    /** Its label, or its id if it has none. */
    public String name() {
        return label.isEmpty() ? agentId : label;
    }

    /** Whether role, capability and label are known. */
    boolean isDescribed() {
        return !role.equals("unknown") && !capability.equals("unknown") && !label.isEmpty() && !label.equals("unknown");
    }
}
