package dev.agenttower.core.governance.role;

import java.util.Optional;

/**
 * The role and spec that a project says are active, for callers that say nothing themselves. Thread-safe.
 *
 * <p>An implementation must look afresh each time. A name is given without the blanks around it; one that is blank or cannot be read names
 * nothing.
 */
public interface ActiveRole {
    /** The active role, if one is named. */
    Optional<String> role();

    /** The active spec, if one is named. */
    Optional<String> spec();
}
