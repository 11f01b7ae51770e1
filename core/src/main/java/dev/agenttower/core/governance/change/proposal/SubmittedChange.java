package dev.agenttower.core.governance.change.proposal;

/**
 * What became of a submission.
 *
 * @param request the request in the queue
 * @param isNew whether it was put there now; else the same one waited already
 */
public record SubmittedChange(ChangeRequest request, boolean isNew) {}
