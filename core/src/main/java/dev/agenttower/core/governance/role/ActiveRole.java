package dev.agenttower.core.governance.role;

import java.util.Optional;

/**
 * The active role and spec of a project, for callers that name none. Thread-safe.
 *
 * <p>An implementation must read them on each call. Surrounding blanks are removed; a blank or unreadable name counts as none.
 */
public interface ActiveRole {
    /** The active role, if one is named. */
    Optional<String> role();

    /** The active spec, if one is named. */
    Optional<String> spec();
}
