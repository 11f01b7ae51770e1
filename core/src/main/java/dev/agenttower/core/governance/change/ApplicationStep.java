package dev.agenttower.core.governance.change;

/** The steps in which an authorized change is applied, in order. A crash can fall between any two. */
public enum ApplicationStep {
    /** What is about to happen is on disk. */
    INTENT_RECORDED,
    /** The new content is in a temporary file beside the target. */
    TEMPORARY_WRITTEN,
    /** The temporary file is on disk. */
    TEMPORARY_SYNCED,
    /** The temporary file has taken the place of the target. */
    TARGET_REPLACED,
    /** The directory of the target is on disk. */
    DIRECTORY_SYNCED,
    /** The events are on the ledger. */
    LEDGER_WRITTEN,
    /** The request is authorized in the queue. */
    QUEUE_WRITTEN,
    /** Nothing is left of what was recorded. */
    SETTLED
}
