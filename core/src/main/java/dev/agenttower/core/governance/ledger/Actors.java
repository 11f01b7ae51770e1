package dev.agenttower.core.governance.ledger;

/** The names by which governance itself, and the human in front of it, sign their events. */
public final class Actors {
    /** The human. */
    public static final String HUMAN = "HUMAN";
    /** Governance itself. */
    public static final String SYSTEM = "SYSTEM";
    /** The role in which the human decides. */
    public static final String COLLABORATOR = "Collaborator";
    /** The role in which governance acts. */
    public static final String SENTRY = "Sentry";

    private Actors() {}
}
