package dev.agenttower.core.governance.ledger;

import org.jspecify.annotations.Nullable;

/** The ledger could not be read or written. A failed append leaves nothing on the ledger. */
public class LedgerException extends RuntimeException {
    /** Creates the failure; {@code message} says what failed, on which file. */
    public LedgerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
