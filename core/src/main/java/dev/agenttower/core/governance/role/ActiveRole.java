package dev.agenttower.core.governance.role;

import java.util.Optional;

/** The role and spec that a project says are active, for callers that say nothing themselves. Read afresh each time. Thread-safe. */
public interface ActiveRole {
    /** The active role, if one is named. */
    Optional<String> role();

    /** The active spec, if one is named. */
    Optional<String> spec();
}
