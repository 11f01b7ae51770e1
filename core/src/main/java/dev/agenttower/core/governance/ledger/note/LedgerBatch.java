package dev.agenttower.core.governance.ledger.note;

import java.util.List;

/**
 * Events that are about to be written together.
 *
 * @param start the offset at which they are written
 * @param end the end of the ledger when they are written
 * @param hashes their hashes, in order
 */
public record LedgerBatch(long start, LedgerEnd end, List<String> hashes) {
    /** Copies the hashes. */
    public LedgerBatch {
        hashes = List.copyOf(hashes);
    }
}
