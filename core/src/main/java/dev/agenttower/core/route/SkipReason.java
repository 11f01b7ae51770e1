package dev.agenttower.core.route;

import java.util.Locale;

/** Why a route made no message of an event that it selected. */
public enum SkipReason {
    /** There is no active master. */
    NO_ELIGIBLE_MASTER,
    /** The named agent is no active master. */
    MASTER_INACTIVE,
    /** No agent has the id of the named master. */
    MASTER_NOT_FOUND,
    /** No agent, or no single active one, has the id or label. */
    TARGET_NOT_FOUND,
    /** The agent of the event is not active. */
    TARGET_NOT_ACTIVE,
    /** No active agent has the role and capability. */
    NO_ELIGIBLE_TARGET,
    /** The template gives no text that may be sent. */
    TEMPLATE_RENDER_ERROR,
    /** The message would come back to an agent of its own chain too often; see {@link Loops}. */
    HOP_LIMIT_EXCEEDED;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in the audit trail and on the wire. */
    public String wire() {
        return wire;
    }
}
