package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.ledger.LedgerCursor;
import org.jspecify.annotations.Nullable;

/**
 * A drift that is about to be reported on the ledger, or was when a process ended.
 *
 * @param after the fingerprint of the file after the drift; null when there is no file
 * @param noticed how it was detected
 * @param ledger a position on the ledger before its event
 */
public record PendingDrift(@Nullable Fingerprint after, DetectedBy noticed, LedgerCursor ledger) {}
