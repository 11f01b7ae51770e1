package dev.agenttower.core.governance.policy;

import dev.agenttower.core.governance.ledger.RoleNames;

/**
 * The current policy of a project. An implementation must detect every change of a file before it returns, must report broken files as problems
 * of the policy, and must never return an older state of a file. Thread-safe; takes microseconds while no file changes.
 */
@FunctionalInterface
public interface PolicySource {
    /** The current policy. */
    Policy current();

    /** The current spelling of the roles. */
    default RoleNames roleNames() {
        return role -> current().spelled(role);
    }
}
