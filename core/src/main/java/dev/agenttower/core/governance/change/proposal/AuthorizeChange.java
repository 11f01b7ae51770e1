package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.json.JsonForm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A human's command to apply a change.
 *
 * @param id the request
 * @param expectedSha256 the SHA-256 of the file that the human saw; null skips the check
 * @param expectedResultSha256 the SHA-256 of the result that the human saw; null skips the check
 * @param edits another payload, under {@code patch}, {@code content} or {@code merge_data}; empty for the unedited proposal
 */
public record AuthorizeChange(
        String id,
        @Nullable String expectedSha256,
        @Nullable String expectedResultSha256,
        Map<String, @Nullable Object> edits) {
    /**
     * Copies the edits.
     *
     * @throws RefusedException INVALID, if they are too long
     */
    public AuthorizeChange {
        edits = Collections.unmodifiableMap(new LinkedHashMap<>(edits));
        if (!ChangeRequest.PAYLOAD.containsAll(edits.keySet())) {
            throw new IllegalArgumentException("no payload: " + edits.keySet());
        }
        if (JsonForm.line(edits).length() > 2 * Limits.CONTENT) {
            throw RefusedException.invalid("the edited proposal exceeds " + 2 * Limits.CONTENT + " characters");
        }
    }

    /** Authorizes the proposal unedited, without checking the current file. */
    public static AuthorizeChange asProposed(String id) {
        return new AuthorizeChange(id, null, null, Map.of());
    }
}
