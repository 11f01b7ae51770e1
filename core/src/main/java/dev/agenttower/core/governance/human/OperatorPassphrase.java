package dev.agenttower.core.governance.human;

import java.util.Optional;

/** The passphrase of the human, as far as one is set. Thread-safe. */
@FunctionalInterface
public interface OperatorPassphrase {
    /**
     * What is stored of it, read afresh each time; nothing when none is set.
     *
     * @throws BrokenPassphraseException if something is stored that cannot be read
     */
    Optional<PassphraseHash> stored();

    /** No passphrase. */
    static OperatorPassphrase none() {
        return Optional::empty;
    }
}
