package dev.agenttower.core.governance.policy;

import dev.agenttower.core.governance.ledger.RoleNames;

/**
 * The policy of a project as its files say it now. An implementation must notice every change of a file before it answers, and answer with a
 * policy that names what is wrong where a file is broken; it never answers from an older state of a file. Thread-safe; takes microseconds
 * while nothing changes.
 */
@FunctionalInterface
public interface PolicySource {
    /** The policy now. */
    Policy current();

    /** How the project spells its roles now. */
    default RoleNames roleNames() {
        return role -> current().spelled(role);
    }
}
