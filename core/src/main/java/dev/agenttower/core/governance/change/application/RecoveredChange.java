package dev.agenttower.core.governance.change.application;

/**
 * What became of a change that was being applied when a process ended.
 *
 * @param id the request
 * @param outcome what became of it
 */
public record RecoveredChange(String id, Outcome outcome) {
    /** What can become of it. */
    public enum Outcome {
        /** It was in its file already; events and status were completed. */
        FINISHED,
        /** It was not in its file; the request is pending as before. */
        UNDONE,
        /** The file was changed by something else meanwhile; the request is pending, and the ledger tells of it. */
        OVERTAKEN
    }
}
