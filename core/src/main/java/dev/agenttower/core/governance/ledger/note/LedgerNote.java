package dev.agenttower.core.governance.ledger.note;

import org.jspecify.annotations.Nullable;

/**
 * What this side knows of a ledger: up to where it knows who wrote it, and what it is about to write.
 *
 * @param known the end as it was last seen
 * @param batch what was about to be written then; null for nothing
 */
public record LedgerNote(LedgerEnd known, @Nullable LedgerBatch batch) {
    /** Whether the batch begins a new chain, in the place of all that is known. */
    public boolean isRestart() {
        return batch != null && batch.start() == 0 && known.offset() > 0;
    }
}
