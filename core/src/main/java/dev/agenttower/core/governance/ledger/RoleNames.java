package dev.agenttower.core.governance.ledger;

/** Knows how the roles of a project are spelled. */
@FunctionalInterface
public interface RoleNames {
    /** The spelling that the project uses for a role, or the role as it is when the project does not know it. Upper and lower case are alike. */
    String spelled(String role);
}
