package dev.agenttower.core.governance.change.proposal;

import java.util.Locale;

/** The states of a change request. Only a pending one ever changes. */
public enum ChangeStatus {
    /** Waits for a decision. */
    PENDING,
    /** A human authorized it, and it was applied. */
    AUTHORIZED,
    /** A human rejected it. */
    REJECTED,
    /** The role that proposed it took it back. */
    WITHDRAWN,
    /** Another one took its place; set by hand. */
    SUPERSEDED;

    /** The name in files and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
