package dev.agenttower.core.governance.ledger;

/** The agent and role names in events of governance itself and of the human. */
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
