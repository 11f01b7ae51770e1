package dev.agenttower.core.governance.ledger;

/** Makes the first event of a new chain. */
@FunctionalInterface
public interface SegmentOpening {
    /** The event that tells of the segment before it. */
    EventDraft after(ClosedSegment segment);
}
