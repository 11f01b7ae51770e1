package dev.agenttower.core.governance.ledger;

/** The spelling of the roles of a project. */
@FunctionalInterface
public interface RoleNames {
    /** The project's spelling of a role, matched ignoring case; the given text if the project does not know the role. */
    String spelled(String role);
}
