package dev.agenttower.core.governance.ledger.note;

import dev.agenttower.core.governance.ledger.LedgerChain;

/**
 * The end of a ledger: its offset and its last event.
 *
 * @param offset the bytes before it; lines, for a ledger that is not a file
 * @param hash the hash of the last event; zeros where there is none
 */
public record LedgerEnd(long offset, String hash) {
    /** The end of an empty ledger. */
    public static final LedgerEnd START = new LedgerEnd(0, LedgerChain.GENESIS);
}
