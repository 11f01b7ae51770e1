package dev.agenttower.core.governance.change.application;

/**
 * The outcome for a change that was being applied when a process ended.
 *
 * @param id the request
 * @param outcome the outcome
 */
public record RecoveredChange(String id, Outcome outcome) {
    /** The outcome of a recovery. */
    public enum Outcome {
        /** The file had the new content; events and status were completed. */
        FINISHED,
        /** The file had the old content; the request is still pending. */
        UNDONE,
        /** Another program changed the file; the request is still pending, and an event reports it. */
        OVERTAKEN
    }
}
