package dev.agenttower.contract.governance;

/** The steps in which an authorized change is applied, in order. A crash can fall between any two. */
enum ChangeStep {
    /** The intent is on disk. */
    INTENT_RECORDED,
    /** A part of the new content is in a temporary file beside the target. */
    TEMPORARY_WRITTEN,
    /** The target has its new content. */
    TARGET_REPLACED,
    /** The events are on the ledger. */
    LEDGER_WRITTEN,
    /** The request is authorized in the queue. */
    QUEUE_WRITTEN,
    /** The intent is removed. */
    SETTLED
}
