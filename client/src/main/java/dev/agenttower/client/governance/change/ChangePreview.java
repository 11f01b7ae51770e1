package dev.agenttower.client.governance.change;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a change would do to its file as the file is now.
 *
 * @param problem why it would not apply, or null when it would
 * @param diff a unified diff from the file to the result; empty when there is none
 * @param result the text that the file would have, or null when the change would not apply
 * @param submittedSha256 of the file when the change was submitted; null when there was no file, or it is not known
 * @param currentSha256 of the file now; null when there is none
 * @param resultSha256 that the file would have; null when the change would not apply
 */
public record ChangePreview(
        String id,
        String targetPath,
        String changeType,
        String status,
        boolean wouldApply,
        @Nullable String problem,
        String diff,
        @Nullable String result,
        @Nullable String submittedSha256,
        @Nullable String currentSha256,
        @Nullable String resultSha256,
        boolean changedSinceSubmission,
        JsonNode json) {}
