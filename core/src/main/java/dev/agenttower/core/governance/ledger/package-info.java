/**
 * The ledger of a governed project: an append-only chain of events in which each line is bound to the one before it by hash.
 *
 * <p>{@link dev.agenttower.core.governance.ledger.Ledger} is the port. What callers may put on it themselves goes through
 * {@link dev.agenttower.core.governance.ledger.EventSubmission}; everything else is written by the use cases of governance.
 */
@NullMarked
package dev.agenttower.core.governance.ledger;

import org.jspecify.annotations.NullMarked;
