package dev.agenttower.core.governance.change.proposal;

import java.util.Locale;

/** The status of a change request. Only a pending request changes its status. */
public enum ChangeStatus {
    /** Waiting for a decision. */
    PENDING,
    /** A human authorized it, and it was applied. */
    AUTHORIZED,
    /** A human rejected it. */
    REJECTED,
    /** The role that proposed it withdrew it. */
    WITHDRAWN,
    /** Another request replaced it; set manually only. */
    SUPERSEDED;

    /** The name in files and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
