package dev.agenttower.core.governance.change.proposal;

import org.jspecify.annotations.Nullable;

/**
 * What a change request would do, for a human who is to decide.
 *
 * @param request the request, with the edits that were asked for
 * @param wouldApply whether it applies to the file as it is now
 * @param problem why it would not; null when it would
 * @param diff a unified diff from the file now to the result; empty when there is none
 * @param result the text that the file would have; null when it would not apply
 * @param submittedSha256 the SHA-256 of the file when the request was submitted; null when there was none or it is not known
 * @param currentSha256 the SHA-256 of the file now; null when there is none
 * @param resultSha256 the SHA-256 that the file would have; null when it would not apply
 * @param changedSinceSubmission whether the file is another than when the request was submitted, as far as that is known
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
