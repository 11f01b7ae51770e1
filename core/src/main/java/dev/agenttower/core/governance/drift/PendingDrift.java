package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.ledger.LedgerCursor;
import org.jspecify.annotations.Nullable;

/**
 * A drift that is about to be put on the ledger, or was when a process ended.
 *
 * @param after what the file is then known to be; null when there is none
 * @param noticed how it was noticed
 * @param ledger a place on the ledger before its event
 */
public record PendingDrift(@Nullable Fingerprint after, DetectedBy noticed, LedgerCursor ledger) {}
