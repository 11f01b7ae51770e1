package dev.agenttower.core.governance.change.proposal;

import org.jspecify.annotations.Nullable;

/**
 * The preview of a change request on which a human decides.
 *
 * @param request the request, with the requested edits
 * @param wouldApply whether it applies to the current file
 * @param problem why it does not apply; null when it does
 * @param diff a unified diff from the current file to the result; empty when there is none
 * @param result the new text of the file; null when the request does not apply
 * @param submittedSha256 the SHA-256 of the file when the request was submitted; null when there was none or it is unknown
 * @param currentSha256 the SHA-256 of the current file; null when there is none
 * @param resultSha256 the SHA-256 of the new file; null when the request does not apply
 * @param changedSinceSubmission whether the file is known to have changed since the request was submitted
 */
public record ChangePreview(
        ChangeRequest request,
        boolean wouldApply,
        @Nullable String problem,
        String diff,
        @Nullable String result,
        @Nullable String submittedSha256,
        @Nullable String currentSha256,
        @Nullable String resultSha256,
        boolean changedSinceSubmission) {}
