package dev.agenttower.core.governance.ledger.note;

import org.jspecify.annotations.Nullable;

/**
 * A note on a ledger: the end up to which the writers of its events are known, and the batch in progress.
 *
 * @param known the end as last seen
 * @param batch the batch that was about to be written; null for none
 */
public record LedgerNote(LedgerEnd known, @Nullable LedgerBatch batch) {
    /** Whether the batch begins a new chain, replacing the known one. */
    public boolean isRestart() {
        return batch != null && batch.start() == 0 && known.offset() > 0;
    }
}
