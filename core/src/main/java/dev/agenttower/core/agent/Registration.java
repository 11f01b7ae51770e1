package dev.agenttower.core.agent;

import java.util.Locale;

/**
 * The result of adopting a pane.
 *
 * @param agent the agent as now stored
 * @param kind whether it is new
 */
public record Registration(AgentListing agent, Kind kind) {
    /** Whether an agent is new. */
    public enum Kind {
        /** The pane had no agent before. */
        CREATED,
        /** The pane had this agent, active. */
        UPDATED,
        /** The pane had this agent, inactive. */
        REACTIVATED;

        /** The name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
