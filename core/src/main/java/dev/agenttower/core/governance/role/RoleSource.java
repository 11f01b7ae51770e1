package dev.agenttower.core.governance.role;

/** What the role of a caller was taken from, in the order in which it is looked for. */
public enum RoleSource {
    /** A started session that the caller's process belongs to, or belonged to until it was ended. */
    BOUND_SESSION,
    /** What the caller says of its environment. */
    ENVIRONMENT,
    /** The active role of the project. */
    ACTIVE_ROLE_FILE,
    /** The default role of the project's settings. */
    DEFAULT_ROLE,
    /** Nothing: the caller has no role. */
    NONE
}
