package dev.agenttower.core.governance.human;

import java.util.Optional;

/** The stored passphrase of the operator, if one is set. Thread-safe. */
@FunctionalInterface
public interface OperatorPassphrase {
    /**
     * The stored hash, read on each call; empty when none is set.
     *
     * @throws BrokenPassphraseException if the stored hash cannot be read
     */
    Optional<PassphraseHash> stored();

    /** No passphrase. */
    static OperatorPassphrase none() {
        return Optional::empty;
    }
}
