package dev.agenttower.core.governance.change.proposal;

/**
 * The result of a submission.
 *
 * @param request the request in the queue
 * @param isNew whether this submission added it; false if an equal request was already pending
 */
public record SubmittedChange(ChangeRequest request, boolean isNew) {}
