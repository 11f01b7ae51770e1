/**
 * The ledger of a governed project: an append-only chain of events in which each line is bound to the one before it by hash.
 *
 * <p>{@link dev.agenttower.core.governance.ledger.Ledger} is the port. Events submitted by callers go through
 * {@link dev.agenttower.core.governance.ledger.EventSubmission}; the use cases of governance write all others.
 */
@NullMarked
package dev.agenttower.core.governance.ledger;

import org.jspecify.annotations.NullMarked;
