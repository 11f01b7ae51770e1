package dev.agenttower.cli.dashboard;

/** The active agent of a pane, in the words of the wire. */
public record PaneAgent(String agentId, String role, String capability, String label) {
    /** Its label, or its id while it has none. */
    public String name() {
        return label.isEmpty() ? agentId : label;
    }
}
