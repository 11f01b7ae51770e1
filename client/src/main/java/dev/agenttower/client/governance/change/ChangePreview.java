package dev.agenttower.client.governance.change;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The effect of a change on its file in the file's current state.
 *
 * @param problem why it does not apply, or null if it does
 * @param diff a unified diff from the file to the result; empty when there is none
 * @param result the resulting text of the file, or null if the change does not apply
 * @param submittedSha256 the file's hash when the change was submitted; null if there was no file, or it is unknown
 * @param currentSha256 the file's current hash; null if there is no file
 * @param resultSha256 the result's hash; null if the change does not apply
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
