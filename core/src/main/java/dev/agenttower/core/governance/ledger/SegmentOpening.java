package dev.agenttower.core.governance.ledger;

/** Creates the first event of a new chain. */
@FunctionalInterface
public interface SegmentOpening {
    /** The event that records the closed segment. */
    EventDraft after(ClosedSegment segment);
}
