package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The previewed result of a request.
 *
 * @param current the current file; null when there is none
 * @param result the new content of the file; null when the request does not apply
 * @param problem why the request does not apply; null when it does
 */
record PreviewedResult(
        @Nullable ProjectText current,
        @Nullable Content result,
        @Nullable String problem) {
    /**
     * The content of a file.
     *
     * @param bytes the text in the encoding of the file; must not be modified
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Content(String text, byte[] bytes, String sha256) {}

    /**
     * A request that applies.
     *
     * @throws ProjectFileException if the file cannot hold the text
     */
    static PreviewedResult of(@Nullable ProjectText current, String path, String text) {
        byte[] bytes = ProjectText.encoded(current, path, text);
        return new PreviewedResult(current, new Content(text, bytes, Sha256.hex(bytes)), null);
    }

    static PreviewedResult unfit(@Nullable ProjectText current, @Nullable String problem) {
        return new PreviewedResult(current, null, problem);
    }

    @Nullable String currentSha256() {
        return current == null ? null : current.sha256();
    }

    @Nullable String resultSha256() {
        return result == null ? null : result.sha256();
    }
}
