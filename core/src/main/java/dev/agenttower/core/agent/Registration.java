package dev.agenttower.core.agent;

import java.util.Locale;

/**
 * A pane that was adopted.
 *
 * @param agent the agent as it is stored now
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
