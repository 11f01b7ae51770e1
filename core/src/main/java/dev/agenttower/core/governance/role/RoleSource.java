package dev.agenttower.core.governance.role;

/** The source of a caller's role, in the order of the lookup. */
public enum RoleSource {
    /** A session that the caller's process belongs to, or belonged to until the session ended. */
    BOUND_SESSION,
    /** The environment, as claimed by the caller. */
    ENVIRONMENT,
    /** The active role of the project. */
    ACTIVE_ROLE_FILE,
    /** The default role of the project's settings. */
    DEFAULT_ROLE,
    /** No source: the caller has no role. */
    NONE
}
